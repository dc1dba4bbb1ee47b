package org.relayhub.directory;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.codec.WireForm;
import org.springframework.boot.convert.DurationStyle;

/**
 * What one key of {@code parties.yaml} says; null where it says nothing. Each value is of a type that refuses what has no
 * sense, so that the file's reader knows the line.
 */
record PartySettings(
        @Nullable Transport transport,
        @Nullable Form form,
        @Nullable Address address,
        @Nullable String user,
        @Nullable Reference passwordFrom,
        @Nullable Wait timeout,
        @Nullable Calls concurrency,
        @Nullable Rate rateIn,
        @Nullable Rate rateOut,
        @Nullable Retry retry,
        @Nullable Boolean pretreatment,
        @Nullable Boolean enabled) {

    static final PartySettings NONE =
            new PartySettings(null, null, null, null, null, null, null, null, null, null, null, null);

    /** These settings, and where they say nothing, the others. */
    PartySettings over(PartySettings other) {
        return new PartySettings(
                first(transport, other.transport),
                first(form, other.form),
                first(address, other.address),
                first(user, other.user),
                first(passwordFrom, other.passwordFrom),
                first(timeout, other.timeout),
                first(concurrency, other.concurrency),
                first(rateIn, other.rateIn),
                first(rateOut, other.rateOut),
                retry == null || other.retry == null ? first(retry, other.retry) : retry.over(other.retry),
                first(pretreatment, other.pretreatment),
                first(enabled, other.enabled));
    }

    /** The names of the settings that it says something of. */
    List<String> said() {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("transport", transport);
        all.put("form", form);
        all.put("address", address);
        all.put("user", user);
        all.put("passwordFrom", passwordFrom);
        all.put("timeout", timeout);
        all.put("concurrency", concurrency);
        all.put("rateIn", rateIn);
        all.put("rateOut", rateOut);
        if (retry != null) {
            all.put("retry.first", retry.first);
            all.put("retry.longest", retry.longest);
            all.put("retry.multiplier", retry.multiplier);
            all.put("retry.giveUpAfter", retry.giveUpAfter);
        }
        all.put("pretreatment", pretreatment);
        all.put("enabled", enabled);
        return all.entrySet().stream()
                .filter(setting -> setting.getValue() != null)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static <T> @Nullable T first(@Nullable T one, @Nullable T other) {
        return one != null ? one : other;
    }

    /** The adapter pair: two files of the {@code adapters} folder begin with this name. */
    record Transport(String name) {

        private static final Pattern NAME = Pattern.compile("[a-z]{2,20}");

        @JsonCreator
        static Transport of(String text) {
            require(NAME.matcher(text).matches(), "a transport is a lower-case word, as in soap");
            return new Transport(text);
        }
    }

    record Form(WireForm form) {

        @JsonCreator
        static Form of(String text) {
            require(text.equals("child") || text.equals("text"), "a form is child or text");
            return new Form(WireForm.valueOf(text.toUpperCase(Locale.ROOT)));
        }
    }

    /** An address; {@code {party}} in it stands for the party's name. */
    record Address(String pattern) {

        /** {@code http://user:password@host}, also where the rest is no address. */
        private static final Pattern WITH_CREDENTIALS = Pattern.compile("[^/?#]*//[^/]*@");

        @JsonCreator
        static Address of(String text) {
            // It may hold a password that somebody has put there, so it is not repeated.
            require(
                    !WITH_CREDENTIALS.matcher(text).lookingAt() && isHttp(text.replace("{party}", "CRM-250")),
                    "an address is a URL of http or https without a user, as in https://crm.example/interboss");
            return new Address(text);
        }

        private static boolean isHttp(String text) {
            try {
                URI uri = new URI(text);
                return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null;
            } catch (URISyntaxException e) {
                return false;
            }
        }
    }

    /** Where a secret is. The secret itself has no place in this file. */
    record Reference(String text) {

        private static final Pattern FORM = Pattern.compile("env:[A-Za-z_][A-Za-z0-9_]*|file:\\S.*");

        @JsonCreator
        static Reference of(String text) {
            require(FORM.matcher(text).matches(), "a password is referred to by env:NAME or file:PATH");
            return new Reference(text);
        }
    }

    /** A duration of more than nothing, as in {@code 10s}. */
    record Wait(Duration duration) {

        private static final Duration LONGEST = Duration.ofDays(30);

        @JsonCreator
        static Wait of(String text) {
            Duration duration = DurationStyle.detectAndParse(text);
            require(
                    duration.compareTo(Duration.ZERO) > 0 && duration.compareTo(LONGEST) <= 0,
                    "a duration is more than nothing and at most 30d, as in 500ms, 10s or 24h");
            return new Wait(duration);
        }
    }

    record Calls(int number) {

        @JsonCreator
        static Calls of(int number) {
            require(number >= 1 && number <= 256, "a concurrency is between 1 and 256");
            return new Calls(number);
        }
    }

    /** Documents a second. */
    record Rate(double perSecond) {

        @JsonCreator
        static Rate of(double number) {
            require(number >= 0.01 && number <= 100_000, "a rate is between 0.01 and 100000 a second");
            return new Rate(number);
        }
    }

    record Growth(double factor) {

        @JsonCreator
        static Growth of(double factor) {
            require(factor >= 1 && factor <= 10, "a multiplier is between 1 and 10");
            return new Growth(factor);
        }
    }

    record Retry(
            @Nullable Wait first,
            @Nullable Wait longest,
            @Nullable Growth multiplier,
            @Nullable Wait giveUpAfter) {

        private Retry over(Retry other) {
            return new Retry(
                    PartySettings.first(first, other.first),
                    PartySettings.first(longest, other.longest),
                    PartySettings.first(multiplier, other.multiplier),
                    PartySettings.first(giveUpAfter, other.giveUpAfter));
        }

        PartyEntry.Retry entry() {
            return new PartyEntry.Retry(
                    first == null ? null : first.duration(),
                    longest == null ? null : longest.duration(),
                    multiplier == null ? null : multiplier.factor(),
                    giveUpAfter == null ? null : giveUpAfter.duration());
        }
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
