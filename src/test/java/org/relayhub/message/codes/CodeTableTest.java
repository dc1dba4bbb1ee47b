package org.relayhub.message.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.FileSystemResource;

/** What a file must be to be a code table. */
class CodeTableTest {

    private static CodeTable table(String text) {
        return CodeTable.parse("colours", text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_row_knows_its_line_and_its_values_by_column() {
        CodeTable table = table("code,name\n01,红\n\n02,\"蓝, 深\"\r\n");

        assertThat(table.columns()).containsExactly("code", "name");
        assertThat(table.keys()).containsExactlyInAnyOrder("01", "02");
        assertThat(table.rows()).extracting(CodeTable.Row::line).containsExactly(2L, 4L);
        assertThat(table.rows()).extracting(row -> row.get("name")).containsExactly("红", "蓝, 深");
        assertThat(table.rows().get(0).find("valid_to")).isNull();
    }

    @Test
    void the_mark_that_a_spreadsheet_puts_before_a_text_is_no_part_of_it() {
        assertThat(table("\uFEFFcode,name\n01,红\n").columns()).containsExactly("code", "name");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                              | line 1: there is no header row
            code,code#01,02#                | line 1: a column stands there twice
            code,name#01,红#02#             | line 3: it has 1 values, and the header 2
            code,name#01,红#02,蓝,x#        | line 3: it has 3 values, and the header 2
            code,name#01,"红#02,蓝#03,绿#   | line 2: name goes over several lines
            code,name#01,红#"02,蓝#03,绿#   | line 3: it has 1 values, and the header 2
            code,name#01,"红"x#             | line 2: its quotes make no sense
            """)
    void a_file_that_is_none_is_refused_with_its_line(String lines, String what) {
        assertThatExceptionOfType(BrokenFileException.class)
                .isThrownBy(() -> table(lines.replace('#', '\n')))
                .withMessage("colours.csv, " + what);
    }

    @Test
    void a_file_of_another_encoding_is_refused_with_the_line_where_that_shows() {
        byte[] gbk = "code,name\n01,red\n02,蓝\n".getBytes(Charset.forName("GBK"));

        assertThatExceptionOfType(BrokenFileException.class)
                .isThrownBy(() -> CodeTable.parse("colours", gbk))
                .withMessage("colours.csv, line 3: it is not UTF-8");
    }

    @Test
    void a_file_that_is_not_there_is_refused_by_its_name(@TempDir Path schemas) {
        assertThatExceptionOfType(BrokenFileException.class)
                .isThrownBy(() -> CodeTable.read(new FileSystemResource(schemas + "/"), "colours"))
                .withMessageStartingWith("colours.csv cannot be read: ");
    }

    @Test
    void a_column_that_is_missing_or_that_nobody_knows_is_refused() {
        CodeTable table = table("code,nmae\n");

        assertThatExceptionOfType(BrokenFileException.class)
                .isThrownBy(() -> table.checkColumns(List.of("code", "name"), List.of()))
                .withMessage("colours.csv, line 1: there is no column name");
        assertThatExceptionOfType(BrokenFileException.class)
                .isThrownBy(() -> table.checkColumns(List.of("code"), List.of("name")))
                .withMessage("colours.csv, line 1: there is no use for a column nmae; there may be code, name");
        assertThatExceptionOfType(BrokenFileException.class)
                .isThrownBy(table::checkNotEmpty)
                .withMessage("colours.csv, line 1: no row follows the header");
    }
}
