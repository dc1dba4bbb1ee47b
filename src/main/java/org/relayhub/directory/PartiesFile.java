package org.relayhub.directory;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Party;
import org.relayhub.message.codec.WireForm;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.io.Resource;

/**
 * Reads {@code parties.yaml}. A key that it does not know, or a value that it cannot read, is refused with the file's
 * line.
 */
final class PartiesFile {

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** {@code http://user:password@host}, also where the rest is no address. */
    private static final Pattern WITH_CREDENTIALS = Pattern.compile("[^/?#]*//[^/]*@");

    private PartiesFile() {}

    private record File(Settings defaults, Map<String, @Nullable Settings> parties) {}

    private record Settings(
            @Nullable String transport,
            @Nullable String form,
            @Nullable String address,
            @Nullable String user,
            @JsonProperty("passwordFrom") @Nullable String passwordFrom,
            @Nullable String timeout,
            @Nullable Integer concurrency,
            @Nullable Boolean enabled) {

        private static final Settings NONE = new Settings(null, null, null, null, null, null, null, null);

        private Settings over(Settings other) {
            return new Settings(
                    first(transport, other.transport),
                    first(form, other.form),
                    first(address, other.address),
                    first(user, other.user),
                    first(passwordFrom, other.passwordFrom),
                    first(timeout, other.timeout),
                    first(concurrency, other.concurrency),
                    first(enabled, other.enabled));
        }

        private static <T> @Nullable T first(@Nullable T one, @Nullable T other) {
            return one != null ? one : other;
        }
    }

    /**
     * Reads the file.
     *
     * @param provinces the nodes that {@code *} stands for
     * @throws IllegalArgumentException if the file is broken; the message says where
     */
    static Map<Party, PartyEntry> read(Resource file, List<String> provinces) {
        File read;
        try (InputStream stream = file.getInputStream()) {
            read = YAML.readValue(stream, File.class);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new IllegalArgumentException("parties.yaml, line " + line + ": " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("parties.yaml cannot be read", e);
        }
        Settings defaults = read.defaults() == null ? Settings.NONE : read.defaults();
        Map<Party, PartyEntry> entries = new TreeMap<>();
        // Patterns first, so that an exact key may change what differs.
        read.parties().forEach((key, settings) -> {
            if (key.endsWith("-*")) {
                Settings pattern = settings == null ? Settings.NONE : settings;
                for (String node : provinces) {
                    Party party = party(key.substring(0, key.length() - 1) + node);
                    Settings own = read.parties().get(party.toString());
                    Settings exact = own == null ? Settings.NONE : own;
                    entries.put(party, entry(party, exact.over(pattern).over(defaults)));
                }
            }
        });
        read.parties().forEach((key, settings) -> {
            if (!key.endsWith("-*") && !entries.containsKey(party(key))) {
                Settings own = settings == null ? Settings.NONE : settings;
                entries.put(party(key), entry(party(key), own.over(defaults)));
            }
        });
        return entries;
    }

    private static Party party(String key) {
        try {
            return Party.of(key);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("parties.yaml: " + key + " is no party (DOMAIN-NODE or DOMAIN-*)", e);
        }
    }

    private static PartyEntry entry(Party party, Settings settings) {
        try {
            int concurrency = settings.concurrency() == null ? 4 : settings.concurrency();
            if (concurrency < 1 || concurrency > 256) {
                throw new IllegalArgumentException("concurrency is not between 1 and 256");
            }
            var entry = new PartyEntry(
                    party,
                    settings.transport() == null ? "soap" : settings.transport(),
                    settings.form() == null
                            ? WireForm.CHILD
                            : WireForm.valueOf(settings.form().toUpperCase(Locale.ROOT)),
                    settings.address() == null
                            ? null
                            : address(settings.address().replace("{party}", party.toString())),
                    settings.user() == null ? Party.HUB.user() : settings.user(),
                    settings.passwordFrom(),
                    settings.timeout() == null
                            ? Duration.ofSeconds(10)
                            : DurationStyle.detectAndParse(settings.timeout()),
                    concurrency,
                    settings.enabled() == null || settings.enabled());
            // A place that is none is refused now, not at the first call.
            entry.credential();
            return entry;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("parties.yaml, " + party + ": " + e.getMessage(), e);
        }
    }

    private static URI address(String address) {
        if (WITH_CREDENTIALS.matcher(address).lookingAt()) {
            throw new IllegalArgumentException(
                    "the address holds a user or a password; they stand in user and passwordFrom");
        }
        return URI.create(address);
    }
}
