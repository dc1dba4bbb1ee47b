package org.relayhub.message.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relayhub.Messages;

class DutyReasonsTest {

    private static final String HEADER = "code,name_zh,valid_from,valid_to,replaced_by,code_origin";

    @ParameterizedTest
    @CsvSource({
        "2026-02-28, in force",
        "2026-03-01, in force",
        "2026-03-02, 050000 ended on 2026-03-01; use 990000",
    })
    void a_reason_is_in_force_to_its_last_day(LocalDate day, String expected) {
        var reasons = new DutyReasons(
                Tables.of("duty-reasons", HEADER, "050000,SP责任,,2026-03-01,990000,field", "990000,其他,,,,field"));

        assertThat(reasons.now().find("050000", day).refusal().orElse("in force"))
                .isEqualTo(expected);
        assertThat(reasons.now().find("05000", day)).isInstanceOf(Lookup.Unknown.class);
        assertThat(reasons.now().find("0500001", day)).as("no prefix").isInstanceOf(Lookup.Unknown.class);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            ,SP责任,,,,             | code is empty
            50000,SP责任,,,,        | code is not 6 digits
            ０５００００,SP责任,,,, | code is not 6 digits
            050000,,,,,             | name_zh is empty
            010000,业务设计,,,,     | 010000 stands in line 2 already, for some of the same days
            050000,SP责任,,,99,     | replaced_by is no code of the table
            """)
    void a_row_that_is_wrong_is_named_by_its_line(String row, String what) {
        assertThatExceptionOfType(BrokenFileException.class)
                .isThrownBy(() -> new DutyReasons(Tables.of("duty-reasons", HEADER, "010000,业务设计,,,,", row)))
                .withMessage("duty-reasons.csv, line 3: " + what);
    }

    @Test
    void a_table_needs_no_dates() {
        var reasons = new DutyReasons(Tables.of("duty-reasons", "code,name_zh", "010000,业务设计"));

        assertThat(reasons.now().find("010000", LocalDate.MIN).inForce()).isPresent();
    }

    @Test
    void the_table_that_comes_with_the_hub_can_be_read() {
        var reasons = new DutyReasons(CodeTable.read(Messages.SCHEMAS, "duty-reasons"));

        assertThat(reasons.now().inForce(LocalDate.parse("2012-09-26"))).hasSize(6);
        assertThat(reasons.now().inForce(LocalDate.parse("2012-09-27"))).hasSize(8);
    }
}
