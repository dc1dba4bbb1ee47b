package org.relayhub.diagnosis.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relayhub.Messages;
import org.relayhub.message.codes.BrokenFileException;
import org.relayhub.message.codes.CodeTable;

class VerdictRulesTest {

    private static final VerdictRules PACKAGED = new VerdictRules(CodeTable.read(Messages.SCHEMAS, "diagnosis-rules"));

    private static final String HEADER =
            "verdict,installation,network_side,alarm,subscription,subscriber,customer_side,advice_zh\n";

    private static VerdictRules rules(String rows) {
        return new VerdictRules(CodeTable.parse("diagnosis-rules", (HEADER + rows).getBytes(StandardCharsets.UTF_8)));
    }

    /** Each line has one fault more than the one below it, so that it must go before all of them. */
    @ParameterizedTest
    @CsvSource(textBlock = """
                    CONSTRUCTION_UNFINISHED, IN_PROGRESS, DOWN,     CRITICAL, DIFFERENT, SUSPENDED, DOWN
                    NETWORK_FAULT,           COMPLETED,   DOWN,     CRITICAL, DIFFERENT, SUSPENDED, DOWN
                    NETWORK_FAULT,           COMPLETED,   UP,       MAJOR,    DIFFERENT, SUSPENDED, DOWN
                    NETWORK_FAULT,           COMPLETED,   DEGRADED, NONE,     DIFFERENT, SUSPENDED, DOWN
                    STATE_MISMATCH,          COMPLETED,   UP,       MINOR,    DIFFERENT, SUSPENDED, DOWN
                    CUSTOMER_FAULT,          COMPLETED,   UP,       NONE,     SAME,      CLOSED,    UP
                    CUSTOMER_FAULT,          COMPLETED,   UP,       NONE,     SAME,      ACTIVE,    DOWN
                    NONE_FOUND,              COMPLETED,   UP,       NONE,     SAME,      ACTIVE,    UP
                    NONE_FOUND,              UNKNOWN,     UNKNOWN,  NONE,     UNKNOWN,   UNKNOWN,   UNKNOWN
                    """)
    void the_packaged_rules_have_the_order_of_the_contract(
            Verdict verdict,
            String installation,
            String networkSide,
            String alarm,
            String subscription,
            String subscriber,
            String customerSide) {
        Map<Fact, String> facts = new EnumMap<>(Fact.class);
        facts.put(Fact.INSTALLATION, installation);
        facts.put(Fact.NETWORK_SIDE, networkSide);
        facts.put(Fact.ALARM, alarm);
        facts.put(Fact.SUBSCRIPTION, subscription);
        facts.put(Fact.SUBSCRIBER, subscriber);
        facts.put(Fact.CUSTOMER_SIDE, customerSide);

        assertThat(PACKAGED.decide(facts).verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    FAULTY,,,,,,,x\\nNONE_FOUND,,,,,,,x;                  line 2: verdict is one of
                    NETWORK_FAULT,,BROKEN,,,,,x\\nNONE_FOUND,,,,,,,x;     line 2: network_side is one of UP, DEGRADED, DOWN, UNKNOWN
                    NETWORK_FAULT,,UP|,,,,,\\nNONE_FOUND,,,,,,,x;         line 2: advice_zh has 1 to 500 bytes
                    NONE_FOUND,,,,,,,x\\nNETWORK_FAULT,,DOWN,,,,,x;       line 3: is never reached
                    NETWORK_FAULT,,DOWN,,,,,x;                           the last rule must ask for nothing
                    """)
    void a_table_that_makes_no_sense_is_refused_with_its_line(String rows, String says) {
        assertThatThrownBy(() -> rules(rows.replace("\\n", "\n") + "\n"))
                .isInstanceOf(BrokenFileException.class)
                .hasMessageStartingWith("diagnosis-rules.csv")
                .hasMessageContaining(says);
    }

    @Test
    void another_table_takes_the_place_of_one_and_a_broken_one_does_not() {
        VerdictRules rules = rules("NONE_FOUND,,,,,,,一\n");
        rules.replace(CodeTable.parse(
                "diagnosis-rules", (HEADER + "CUSTOMER_FAULT,,,,,,,二\n").getBytes(StandardCharsets.UTF_8)));
        assertThat(rules.decide(Map.of()).advice()).isEqualTo("二");

        assertThatThrownBy(() ->
                        rules.replace(CodeTable.parse("diagnosis-rules", HEADER.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(BrokenFileException.class);
        assertThat(rules.decide(Map.of()).verdict()).isEqualTo(Verdict.CUSTOMER_FAULT);
    }
}
