package org.relayhub.ticket.deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relayhub.Messages;
import org.relayhub.message.codes.BrokenFileException;
import org.relayhub.message.codes.CodeTable;

/** How long an answer may take. */
class DeadlineTableTest {

    private static final Instant FROM = Instant.parse("2026-11-22T02:00:00Z");

    private static DeadlineTable table(String rows) {
        return new DeadlineTable(CodeTable.parse(
                "deadlines", ("urgent_id,subs_level,svc_type_prefix,hours\n" + rows).getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({
        "03,01,0301,6",
        "02,13,0301,12",
        "01,01,0301,12",
        "01,05,0401,12",
        "01,13,0401,24",
        "01,03,0301,24",
        "01,13,0301,48"
    })
    void the_projects_own_table_has_6_to_48_hours(String urgent, String level, String type, long hours) {
        var packaged = new DeadlineTable(CodeTable.read(Messages.SCHEMAS, "deadlines"));

        assertThat(packaged.limit(urgent, level, type)).isEqualTo(Duration.ofHours(hours));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "03,,,6; the last row must fit everything",
                "03,,,x|,,,48; line 2: hours is a number from 1 to 2160",
                "03,,,0|,,,48; line 2: hours",
                ",,,; line 2: hours is empty"
            })
    void a_row_without_sense_is_refused_with_its_line(String rows, String reason) {
        assertThatThrownBy(() -> table(rows.replace('|', '\n')))
                .isInstanceOf(BrokenFileException.class)
                .hasMessageContaining("deadlines.csv")
                .hasMessageContaining(reason);
    }

    @Test
    void the_earlier_of_what_is_wanted_and_what_is_allowed_counts() {
        Duration day = Duration.ofHours(24);

        assertThat(Deadline.of(FROM, FROM.plus(Duration.ofHours(8)), day).due())
                .isEqualTo(FROM.plus(Duration.ofHours(8)));
        assertThat(Deadline.of(FROM, FROM.plus(Duration.ofHours(80)), day).due())
                .isEqualTo(FROM.plus(day));
        assertThat(Deadline.of(FROM, FROM.minusSeconds(1), day).due())
                .as("what is over when it begins can be kept by nobody")
                .isEqualTo(FROM.plus(day));
    }

    @Test
    void three_quarters_of_a_day_are_eighteen_hours() {
        assertThat(Deadline.of(FROM, FROM, Duration.ofHours(24)).after(75)).isEqualTo(FROM.plus(Duration.ofHours(18)));
    }
}
