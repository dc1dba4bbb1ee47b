package org.relayhub.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relayhub.Messages;
import org.relayhub.message.codes.BrokenFileException;
import org.relayhub.message.codes.CodeTable;
import org.springframework.core.io.FileSystemResource;

class NumberSegmentsTest {

    private static final Set<String> NODES =
            CodeTable.read(Messages.SCHEMAS, "provinces").keys();

    @TempDir
    Path schemas = Path.of("target");

    private NumberSegments segments(String... rows) throws IOException {
        Path codes = Files.createDirectories(schemas.resolve("codes"));
        Files.writeString(codes.resolve("number-segments.csv"), "segment,province\n" + String.join("\n", rows) + "\n");
        return new NumberSegments(CodeTable.read(new FileSystemResource(schemas + "/"), "number-segments"), NODES);
    }

    @Test
    void the_longest_segment_that_a_number_begins_with_decides() throws IOException {
        NumberSegments segments = segments("13800000017,431", "138,250", "1380000,200", "13800,100");

        assertThat(segments.province("13899999999")).contains("250");
        assertThat(segments.province("13800999999")).contains("100");
        assertThat(segments.province("13800000018")).contains("200");
        assertThat(segments.province("13800000017")).as("one number that moved").contains("431");
        assertThat(segments.province("13900000000")).isEmpty();
        assertThat(segments.province("13")).isEmpty();
    }

    @Test
    void a_table_without_rows_knows_no_number() throws IOException {
        assertThat(segments().province("13800000000")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            12,250           | segment is not 3 to 11 digits
            138000000000,250 | segment is not 3 to 11 digits
            1380O00,250      | segment is not 3 to 11 digits
            １３８,250       | segment is not 3 to 11 digits
            138-000,250      | segment is not 3 to 11 digits
            ,250             | segment is not 3 to 11 digits
            1380001,000      | province is no code of provinces.csv
            1380001,999      | province is no code of provinces.csv
            1380001,江苏     | province is no code of provinces.csv
            1380001,         | province is no code of provinces.csv
            1390000,100      | segment stands in line 2 already
            """)
    void a_row_that_is_wrong_is_named_by_its_line(String row, String what) {
        assertThatThrownBy(() -> segments("1390000,250", row, "1370000,250"))
                .isInstanceOf(BrokenFileException.class)
                .hasMessage("number-segments.csv, line 3: " + what);
    }

    @Test
    void a_row_that_lacks_a_column_is_refused() {
        assertThatThrownBy(() -> segments("1390000,250", "1380000"))
                .isInstanceOf(BrokenFileException.class)
                .hasMessage("number-segments.csv, line 3: it has 1 values, and the header 2");
    }

    @Test
    void the_table_that_comes_with_the_hub_has_numbers_of_every_province() throws IOException {
        CodeTable table = CodeTable.read(Messages.SCHEMAS, "number-segments");
        var segments = new NumberSegments(table, NODES);

        assertThat(table.rows())
                .filteredOn(row -> row.get("segment").startsWith("13"))
                .extracting(row -> row.get("province"))
                .containsAll(NODES);
        assertThat(NODES).allSatisfy(node -> assertThat(segments.province("100" + node + "00000"))
                .contains(node));
        assertThat(segments.province("13800000000"))
                .as("the number of the examples")
                .contains("250");
    }
}
