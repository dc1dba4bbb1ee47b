package org.relayhub.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relayhub.message.Party;
import org.relayhub.message.codec.WireForm;
import org.relayhub.message.codes.BrokenFileException;

/** What parties.yaml may say, and how it is told where it is broken. */
class PartiesFileTest {

    private static final PartiesFile FILE =
            new PartiesFile(List.of("100", "250"), Set.of("soap", "jms")::contains, true, Duration.ofSeconds(30));

    private static Map<Party, PartyEntry> read(String yaml) {
        return FILE.read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static PartyEntry entry(String yaml, String party) {
        return Objects.requireNonNull(read(yaml).get(Party.of(party)), party);
    }

    @Test
    void a_domain_stands_for_all_its_provinces_and_what_is_said_nowhere_has_a_default() {
        Map<Party, PartyEntry> entries = read("parties: {CRM-*: {}}");

        assertThat(entries.keySet()).containsExactly(Party.of("CRM-100"), Party.of("CRM-250"));
        assertThat(entries.get(Party.of("CRM-100")))
                .isEqualTo(new PartyEntry(
                        Party.of("CRM-100"),
                        "soap",
                        WireForm.CHILD,
                        null,
                        "hub-000",
                        null,
                        Duration.ofSeconds(10),
                        4,
                        null,
                        null,
                        PartyEntry.Retry.AS_THE_HUB,
                        true,
                        true,
                        Map.of()));
    }

    @Test
    void each_setting_says_which_key_it_comes_from() {
        PartyEntry entry = entry("""
                defaults: {timeout: 10s, concurrency: 4, form: child, user: hub, retry: {first: 1s, longest: 1m}}
                parties:
                  CRM-*: {concurrency: 8, rateIn: 5, form: text}
                  '*-250': {rateIn: 6, timeout: 5s}
                  CRM-250: {timeout: 2s, retry: {first: 2s}}
                """, "CRM-250");

        assertThat(entry.origins())
                .containsOnly(
                        Map.entry("timeout", "CRM-250"),
                        Map.entry("rateIn", "*-250"),
                        Map.entry("concurrency", "CRM-*"),
                        Map.entry("form", "CRM-*"),
                        Map.entry("retry.first", "CRM-250"),
                        Map.entry("retry.longest", "defaults"),
                        Map.entry("user", "defaults"));
    }

    @Test
    void a_party_goes_before_its_province_and_that_before_its_domain_and_that_before_the_defaults() {
        String yaml = """
                defaults: {timeout: 1s, concurrency: 1, rateIn: 1, user: default}
                parties:
                  CRM-*: {timeout: 2s, concurrency: 2, rateIn: 2}
                  '*-250': {timeout: 3s, concurrency: 3}
                  CRM-250: {timeout: 4s}
                """;

        PartyEntry entry = entry(yaml, "CRM-250");

        assertThat(entry.timeout()).isEqualTo(Duration.ofSeconds(4));
        assertThat(entry.concurrency()).isEqualTo(3);
        assertThat(entry.rateIn()).isEqualTo(2);
        assertThat(entry.user()).isEqualTo("default");
        assertThat(entry(yaml, "CRM-100").timeout()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void a_province_names_no_party_of_itself() {
        assertThat(read("parties: {CRM-100: {}, '*-250': {transport: jms}}")).containsOnlyKeys(Party.of("CRM-100"));
    }

    @Test
    void every_setting_is_read() {
        PartyEntry entry = entry("""
                parties:
                  CRM-250:
                    transport: jms
                    form: text
                    address: https://crm.example:8443/{party}
                    user: hub
                    passwordFrom: env:CRM_250
                    timeout: 1500ms
                    concurrency: 16
                    rateIn: 0.5
                    rateOut: 20
                    retry: {first: 2s, longest: 1m, multiplier: 3, giveUpAfter: 2h}
                    pretreatment: false
                    enabled: false
                """, "CRM-250");

        assertThat(entry)
                .isEqualTo(new PartyEntry(
                        Party.of("CRM-250"),
                        "jms",
                        WireForm.TEXT,
                        URI.create("https://crm.example:8443/CRM-250"),
                        "hub",
                        "env:CRM_250",
                        Duration.ofMillis(1500),
                        16,
                        0.5,
                        20.0,
                        new PartyEntry.Retry(Duration.ofSeconds(2), Duration.ofMinutes(1), 3.0, Duration.ofHours(2)),
                        false,
                        false,
                        Stream.of(
                                        "transport",
                                        "form",
                                        "address",
                                        "user",
                                        "passwordFrom",
                                        "timeout",
                                        "concurrency",
                                        "rateIn",
                                        "rateOut",
                                        "retry.first",
                                        "retry.longest",
                                        "retry.multiplier",
                                        "retry.giveUpAfter",
                                        "pretreatment",
                                        "enabled")
                                .collect(Collectors.toMap(setting -> setting, setting -> "CRM-250"))));
    }

    @Test
    void a_retry_policy_is_put_together_setting_by_setting() {
        PartyEntry entry = entry("""
                defaults: {retry: {first: 2s, longest: 1m}}
                parties: {CRM-250: {retry: {first: 3s}}}
                """, "CRM-250");

        assertThat(entry.retry())
                .isEqualTo(new PartyEntry.Retry(Duration.ofSeconds(3), Duration.ofMinutes(1), null, null));
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            transport: tcp          | there is no adapter tcp-outbound
            transport: ../x         | a transport is a lower-case word
            form: cdata             | a form is child or text
            address: crm.example    | an address is a URL of http or https
            address: ftp://a.b/     | an address is a URL of http or https
            address: http://u:p@a/  | an address is a URL of http or https without a user
            passwordFrom: secret    | a password is referred to by env:NAME or file:PATH
            password: secret        | there is no such setting; there are
            timeout: soon           | 'soon' is not a valid
            timeout: 0s             | a duration is more than nothing
            timeout: 40s            | the timeout must be shorter than 30s
            concurrency: 0          | a concurrency is between 1 and 256
            concurrency: many       | not a valid
            rateIn: 0               | a rate is between 0.01 and 100000
            rateOut: -1             | a rate is between 0.01 and 100000
            retry: {first: never}   | 'never' is not a valid
            retry: {multiplier: 0}  | a multiplier is between 1 and 10
            retry: {tries: 3}       | there is no such setting
            enabled: maybe          | "maybe"
            """)
    void what_has_no_sense_is_refused_with_its_line(String setting, String reason) {
        String yaml = "# a comment\nparties:\n  CRM-100: {}\n  CRM-250:\n    user: hub\n    " + setting + "\n";

        assertThatExceptionOfType(BrokenFileException.class)
                .isThrownBy(() -> read(yaml))
                .withMessageMatching("(?s)parties.yaml, line [46], parties.CRM-250.*")
                .withMessageContaining(reason);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            parties:#  CRM-100: {}#  CRM: {}#                | parties.yaml, line 3, parties.CRM: this is no party
            parties:#  CRM-100: {}#  CRM-100: {}#            | parties.yaml, line 3
            parties:#  CRM-100: {}#  CRM-250: []#            | parties.yaml, line 3, parties.CRM-250:
            parties:#  CRM-100: {}#  CRM-250: {a: #          | parties.yaml, line
            party:#  CRM-100: {}#                            | parties.yaml, line
            parties:#  CRM-100: {}#  '*-999': {}#            | parties.yaml, line 3, parties.*-999: there is no province 999
            defaults: {}#                                    | parties.yaml names no party
            #                                                | parties.yaml
            """)
    void a_file_that_is_none_is_refused_with_its_line(String lines, String reason) {
        assertThatExceptionOfType(BrokenFileException.class)
                .isThrownBy(() -> read(lines.replace('#', '\n')))
                .withMessageStartingWith(reason);
    }

    @Test
    void without_a_broker_no_party_is_connected_by_JMS() {
        var withoutBroker = new PartiesFile(List.of("250"), name -> true, false, Duration.ofSeconds(30));

        assertThatExceptionOfType(BrokenFileException.class)
                .isThrownBy(() ->
                        withoutBroker.read("parties:\n  CRM-250: {transport: jms}\n".getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining("parties.yaml, line 2")
                .withMessageContaining("hub.broker.url is missing");
    }
}
