package org.relayhub.directory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Party;
import org.relayhub.message.codec.WireForm;
import org.relayhub.message.codes.BrokenFileException;

/** Reads {@code parties.yaml}. Whatever it does not know, or cannot make sense of, is refused with the file's line. */
final class PartiesFile {

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final String ANY = "*";

    private final List<String> provinces;
    private final Predicate<String> adapters;
    private final boolean broker;
    private final Duration longestTimeout;

    /**
     * @param provinces the nodes that {@code *} stands for
     * @param adapters whether there are adapters of a transport's name
     * @param broker whether there is a broker for JMS parties
     * @param longestTimeout a party's timeout must be shorter, or a hub's claim runs out while it still calls
     */
    PartiesFile(List<String> provinces, Predicate<String> adapters, boolean broker, Duration longestTimeout) {
        this.provinces = provinces;
        this.adapters = adapters;
        this.broker = broker;
        this.longestTimeout = longestTimeout;
    }

    private record File(
            @Nullable PartySettings defaults, @Nullable Map<String, @Nullable PartySettings> parties) {}

    /** A party, or a pattern for many: {@code CRM-*} for all provinces, {@code *-250} for all parties of a province. */
    private record Key(String domain, String node) {

        private static final Pattern FORM = Pattern.compile("[A-Z]{2,4}-([0-9]{3}|\\*)|\\*-[0-9]{3}");

        static Key of(String text) {
            if (!FORM.matcher(text).matches()) {
                throw new IllegalArgumentException(
                        "this is no party; DOMAIN-NODE, DOMAIN-* and *-NODE are, as in CRM-250, CRM-* or *-250");
            }
            int hyphen = text.indexOf('-');
            return new Key(text.substring(0, hyphen), text.substring(hyphen + 1));
        }

        @Override
        public String toString() {
            return domain + "-" + node;
        }
    }

    /**
     * Reads the file.
     *
     * @throws BrokenFileException if the file is broken; the message says where
     */
    Map<Party, PartyEntry> read(byte[] content) {
        File file = parse(content);
        Map<String, @Nullable PartySettings> settings = file.parties();
        if (settings == null || settings.isEmpty()) {
            throw new BrokenFileException("parties.yaml names no party");
        }
        PartySettings defaults = file.defaults() == null ? PartySettings.NONE : file.defaults();
        Map<Party, PartyEntry> entries = new TreeMap<>();
        for (String key : settings.keySet()) {
            try {
                for (Party party : parties(Key.of(key))) {
                    PartySettings all = of(settings, new Key(party.domain(), party.node()))
                            .over(of(settings, new Key(ANY, party.node())))
                            .over(of(settings, new Key(party.domain(), ANY)))
                            .over(defaults);
                    entries.put(party, entry(party, all, origins(party, settings, defaults)));
                }
            } catch (IllegalArgumentException e) {
                throw fault(content, List.of("parties", key), 1, String.valueOf(e.getMessage()), e);
            }
        }
        return entries;
    }

    private static File parse(byte[] content) {
        try {
            File file = YAML.readValue(content, File.class);
            if (file == null) {
                throw new BrokenFileException("parties.yaml is empty");
            }
            return file;
        } catch (JsonProcessingException e) {
            // What is no YAML at all is found where it stands.
            boolean unreadable = e instanceof StreamReadException || e.getCause() instanceof StreamReadException;
            List<String> path = !unreadable && e instanceof JsonMappingException mapping
                    ? mapping.getPath().stream()
                            .map(reference -> String.valueOf(reference.getFieldName()))
                            .toList()
                    : List.of();
            long line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw fault(content, path, line, reason(e), e);
        } catch (IOException e) {
            throw new BrokenFileException("parties.yaml cannot be read: " + e.getMessage(), e);
        }
    }

    /** @param line where it is if the path, of keys from the outermost in, says nothing */
    private static BrokenFileException fault(
            byte[] content, List<String> path, long line, String reason, Exception cause) {
        return path.isEmpty()
                ? new BrokenFileException("parties.yaml, line " + line + ": " + reason, cause)
                : new BrokenFileException(
                        "parties.yaml, line " + line(content, path) + ", " + String.join(".", path) + ": " + reason,
                        cause);
    }

    /** The parser has often read on when it finds a fault, so the line is looked for in the text. */
    private static int line(byte[] content, List<String> path) {
        List<String> lines = new String(content, StandardCharsets.UTF_8).lines().toList();
        int at = 0;
        for (String key : path) {
            Pattern start = Pattern.compile("^(.*[{,\\s])?[\"']?" + Pattern.quote(key) + "[\"']?\\s*:.*");
            int from = at;
            while (from < lines.size() && !start.matcher(lines.get(from)).matches()) {
                from++;
            }
            at = from < lines.size() ? from : at;
        }
        return at + 1;
    }

    private static String reason(JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return "there is no such setting; there are "
                    + unknown.getKnownPropertyIds().stream()
                            .map(String::valueOf)
                            .sorted()
                            .collect(Collectors.joining(", "));
        }
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalArgumentException own && !(cause instanceof NumberFormatException)) {
                return String.valueOf(own.getMessage());
            }
        }
        // The names of the hub's own types mean nothing to whoever wrote the file.
        return e.getOriginalMessage()
                .lines()
                .findFirst()
                .orElse("it cannot be read")
                .replaceAll(" of type `[^`]*`", "");
    }

    private List<Party> parties(Key key) {
        if (key.domain().equals(ANY)) {
            if (!provinces.contains(key.node())) {
                throw new IllegalArgumentException("there is no province " + key.node());
            }
            // It says more of parties that other keys name.
            return List.of();
        }
        return key.node().equals(ANY)
                ? provinces.stream().map(node -> new Party(key.domain(), node)).toList()
                : List.of(new Party(key.domain(), key.node()));
    }

    private static PartySettings of(Map<String, @Nullable PartySettings> settings, Key key) {
        PartySettings found = settings.get(key.toString());
        return found == null ? PartySettings.NONE : found;
    }

    /** Which key says what of a party. */
    private static Map<String, String> origins(
            Party party, Map<String, @Nullable PartySettings> settings, PartySettings defaults) {
        Map<String, String> origins = new TreeMap<>();
        defaults.said().forEach(setting -> origins.put(setting, "defaults"));
        for (Key key : List.of(
                new Key(party.domain(), ANY), new Key(ANY, party.node()), new Key(party.domain(), party.node()))) {
            of(settings, key).said().forEach(setting -> origins.put(setting, key.toString()));
        }
        return origins;
    }

    private PartyEntry entry(Party party, PartySettings settings, Map<String, String> origins) {
        String transport =
                settings.transport() == null ? "soap" : settings.transport().name();
        if (transport.equals(PartyEntry.JMS) && !broker) {
            throw new IllegalArgumentException("the setting hub.broker.url is missing, and a party's transport is jms");
        }
        if (!adapters.test(transport)) {
            throw new IllegalArgumentException("there is no adapter " + transport + "-outbound in the adapters folder");
        }
        Duration timeout = settings.timeout() == null
                ? Duration.ofSeconds(10)
                : settings.timeout().duration();
        if (timeout.compareTo(longestTimeout) >= 0) {
            throw new IllegalArgumentException("the timeout must be shorter than " + longestTimeout.toSeconds()
                    + "s, half of hub.delivery.lease, or its messages are sent twice");
        }
        return new PartyEntry(
                party,
                transport,
                settings.form() == null ? WireForm.CHILD : settings.form().form(),
                settings.address() == null
                        ? null
                        : URI.create(settings.address().pattern().replace("{party}", party.toString())),
                settings.user() == null ? Party.HUB.user() : settings.user(),
                settings.passwordFrom() == null ? null : settings.passwordFrom().text(),
                timeout,
                settings.concurrency() == null ? 4 : settings.concurrency().number(),
                settings.rateIn() == null ? null : settings.rateIn().perSecond(),
                settings.rateOut() == null ? null : settings.rateOut().perSecond(),
                settings.retry() == null
                        ? PartyEntry.Retry.AS_THE_HUB
                        : settings.retry().entry(),
                settings.pretreatment() == null || settings.pretreatment(),
                settings.enabled() == null || settings.enabled(),
                origins);
    }
}
