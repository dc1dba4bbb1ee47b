package org.relayhub.business;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relayhub.message.Fault;
import org.relayhub.message.RefusalException;

class ConditionsTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    msisdn; 13800000000
                    msisdn|from|to; 13800000000|2026-01-01|2026-01-01
                    msisdn|from|to; 13800000000|2025-11-22|2026-11-22
                    msisdn|from|to; 13800000000|2024-02-29|2025-02-28
                    msisdn|action; 13800000000|1
                    msisdn|action; 13800000000|0
                    msisdn|order; 13800000000|DD20260101-0001
                    terminal; 小米 17
                    """)
    void what_the_catalogue_wants_is_right(String names, String values) {
        assertThatCode(() -> Conditions.check(List.of(names.split("\\|")), values))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    one value too few;       msisdn|from|to; 13800000000|2026-01-01;            4005; has 2 values, wanted 3: msisdn|from|to
                    one value too many;      msisdn;         13800000000|1;                     4005; has 2 values, wanted 1: msisdn
                    a bar at the end;        msisdn;         13800000000|;                      4005; has 2 values
                    an empty value;          msisdn|action;  13800000000|;                      4003; action (value 2)
                    letters in a number;     msisdn;         1380000000x;                       4001; msisdn (value 1)
                    Arabic digits;           msisdn;         ١٣٨٠٠٠٠٠٠٠٠;                       4001; msisdn (value 1)
                    a number too short;      msisdn;         1380000000;                        4003; msisdn (value 1)
                    a number too long;       msisdn;         138000000000;                      4004; msisdn (value 1)
                    a day without hyphens;   msisdn|from|to; 13800000000|20260101|2026-02-01;   4005; from (value 2)
                    no day of the calendar;  msisdn|from|to; 13800000000|2026-02-29|2026-03-01; 4005; from (value 2)
                    a time beside the day;   msisdn|from|to; 13800000000|2026-01-01|2026-02-01 00:00:00; 4005; to (value 3)
                    an end before its begin; msisdn|from|to; 13800000000|2026-01-02|2026-01-01; 4006; to (value 3)
                    366 days;                msisdn|from|to; 13800000000|2025-11-22|2026-11-23; 4007; to (value 3)
                    an unknown action;       msisdn|action;  13800000000|2;                     4002; action (value 2)
                    """)
    void anything_else_is_refused_with_its_code_and_place(
            String what, String names, String values, String code, String says) {
        RefusalException refusal = catchThrowableOfType(
                RefusalException.class, () -> Conditions.check(List.of(names.split("\\|")), values));

        assertThat(refusal).as(what).isNotNull();
        Fault fault = refusal.fault();
        assertThat(fault.code()).as(fault.description()).isEqualTo(code);
        assertThat(fault.description()).startsWith("OperateConditions: ").contains(says);
        assertThat(fault.description()).as("a number has no place in a log").doesNotContain("1380000000");
    }

    @Test
    void a_name_is_no_control_characters_and_not_endless() {
        List<String> names = List.of("book");

        assertThatCode(() -> Conditions.check(names, "字".repeat(64))).doesNotThrowAnyException();
        assertThat(catchThrowableOfType(RefusalException.class, () -> Conditions.check(names, "字".repeat(65)))
                        .fault()
                        .code())
                .isEqualTo("4004");
        assertThat(catchThrowableOfType(RefusalException.class, () -> Conditions.check(names, "a\tb"))
                        .fault()
                        .code())
                .isEqualTo("4001");
        assertThat(catchThrowableOfType(RefusalException.class, () -> Conditions.check(names, "  "))
                        .fault()
                        .code())
                .isEqualTo("4001");
    }
}
