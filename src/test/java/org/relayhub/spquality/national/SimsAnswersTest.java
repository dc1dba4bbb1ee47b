package org.relayhub.spquality.national;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.relayhub.TestDatabase;
import org.relayhub.spquality.SpFiles.SetClock;
import org.relayhub.spquality.file.FileName;
import org.springframework.jdbc.core.JdbcTemplate;

class SimsAnswersTest {

    private static final String NAME = "SPQ_000_201209_001.txt";
    private static final String SHA256 = "ab".repeat(32);

    private final TestDatabase database = TestDatabase.empty();
    private final SimsAnswers answers = new SimsAnswers(
            new JdbcTemplate(database.dataSource()),
            List.of("100", "250"),
            database.transaction(),
            new SetClock("2012-10-09T12:00:00+08:00"));

    @BeforeEach
    void sent() {
        database.client().sql("""
                        insert into sp_national (month, serial, change, created_at, content, sha256, records,
                                                 calls_offered, state, sent_at)
                        values ('2012-09-01', 1, 3, '2012-10-09T10:05:00+08:00', 'c', :sha256, 3, 165, 'sent',
                                '2012-10-09T10:06:00+08:00')
                        """).param("sha256", SHA256).update();
    }

    private void answer(String ending, String content) throws IOException {
        answers.take(NAME + ending, new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
    }

    private String state() {
        return database.client()
                .sql("select state from sp_national")
                .query(String.class)
                .single();
    }

    private List<SimsAnswers.WrongLine> wrongLines() {
        return answers.wrongLines(FileName.parse(NAME).orElseThrow(), 0, 100);
    }

    @Test
    void an_acknowledgement_may_say_nothing_or_what_it_acknowledges_and_not_another_file() throws IOException {
        answer(".ack", "A|" + NAME + "|" + "cd".repeat(32) + "|3|165|20121009110000\n");
        assertThat(state()).isEqualTo("sent");
        answer(".ack", "A|SPQ_000_201209_002.txt|" + SHA256 + "|3|165|20121009110000\n");
        assertThat(state()).isEqualTo("sent");

        answer(".ack", "A|" + NAME + "|" + SHA256 + "|3|165|20121009110000\n");
        assertThat(state()).isEqualTo("acknowledged");
    }

    @Test
    void the_first_answer_counts() throws IOException {
        answer(".ack", "");
        answer(".err", "2|hotline|R01|a fixed line\nE|1|5\n");

        assertThat(state()).isEqualTo("acknowledged");
        assertThat(wrongLines()).isEmpty();
    }

    @Test
    void an_answer_that_is_being_written_is_waited_for() throws IOException {
        for (String half : List.of("", "2|hotline|R01|a fixed line\n", "2|hotline|R01|a fixed line\nE|1")) {
            assertThatThrownBy(() -> answer(".err", half)).isInstanceOf(SimsAnswers.IncompleteAnswerException.class);
        }
        assertThat(state()).isEqualTo("sent");

        answer(".err", "2|hotline|R01|a fixed line\nE|1|5\n");

        assertThat(state()).isEqualTo("rejected");
        assertThat(wrongLines()).extracting(SimsAnswers.WrongLine::line).containsExactly(2L);
    }

    @Test
    void of_an_endless_answer_the_beginning_is_taken() throws IOException {
        answer(".err", "2|hotline|R01|a fixed line\n" + "x".repeat(17 << 20));

        assertThat(state()).isEqualTo("rejected");
        assertThat(wrongLines()).extracting(SimsAnswers.WrongLine::line).containsExactly(2L);
    }
}
