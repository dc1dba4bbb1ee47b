package org.relayhub.message.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayhub.Messages;

/** When a service type is in force, and what becomes of it afterwards. */
class ServiceCatalogueTest {

    private static final LocalDate DAY = LocalDate.parse("2026-03-01");

    private static Lookup<ServiceCatalogue.Service> find(String type, LocalDate day, String... rows) {
        return new ServiceCatalogue(Tables.services(rows)).find(type, day);
    }

    private static String refusal(String type, LocalDate day, String... rows) {
        return find(type, day, rows).refusal().orElse("in force");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-27, 0301 is in force only from 2026-02-28",
        "2026-02-28, in force",
        "2026-03-01, in force",
        "2026-03-02, 0301 ended on 2026-03-01; use 0302",
        "2030-01-01, 0301 ended on 2026-03-01; use 0302"
    })
    void a_type_is_in_force_from_its_first_day_to_its_last(LocalDate day, String expected) {
        assertThat(refusal("030101", day, "0301,2026-02-28,2026-03-01,0302", "0302,,,"))
                .isEqualTo(expected);
    }

    @Test
    void each_answer_is_told_apart_and_brings_its_row() {
        String[] rows = {"01,,,", "02,,2026-02-28,01", "03,2026-03-02,,"};

        assertThat(find("01", DAY, rows)).isInstanceOf(Lookup.InForce.class);
        assertThat(find("01", DAY, rows).inForce()).isPresent();
        assertThat(find("02", DAY, rows))
                .isInstanceOfSatisfying(Lookup.Ended.class, ended -> assertThat(ended.successor())
                        .isEqualTo("01"));
        assertThat(find("02", DAY, rows).inForce()).isEmpty();
        assertThat(find("02", DAY, rows).row().orElseThrow().secondLineDomain()).isEqualTo("SIMS");
        assertThat(find("03", DAY, rows)).isInstanceOf(Lookup.NotYet.class);
        assertThat(find("04", DAY, rows)).isInstanceOf(Lookup.Unknown.class);
        assertThat(find("04", DAY, rows).row()).isEmpty();
        assertThat(find("0", DAY, rows)).isInstanceOf(Lookup.Unknown.class);
        assertThat(find("", DAY, rows)).isInstanceOf(Lookup.Unknown.class);
    }

    @Test
    void the_longest_prefix_decides_and_one_whose_time_has_not_come_leaves_it_to_a_shorter() {
        String[] rows = {"03,,,", "0301,,2026-02-28,", "030201,2026-03-02,,"};

        assertThat(refusal("030105", DAY, rows)).isEqualTo("0301 ended on 2026-02-28; it has no successor");
        assertThat(find("030201", DAY, rows).row().orElseThrow().code()).isEqualTo("03");
        assertThat(find("030201", DAY.plusDays(1), rows).row().orElseThrow().code())
                .isEqualTo("030201");
        assertThat(find("0399", DAY, rows).row().orElseThrow().code()).isEqualTo("03");
    }

    @Test
    void the_successor_that_is_named_is_one_that_can_be_used() {
        assertThat(refusal("01", DAY, "01,,2026-01-31,02", "02,,2026-02-28,03", "03,,,"))
                .isEqualTo("01 ended on 2026-01-31; use 03");
        assertThat(refusal("01", DAY, "01,,2026-01-31,02", "02,,2026-02-28,"))
                .as("where none can be used, the one that the row names")
                .isEqualTo("01 ended on 2026-01-31; use 02");
        assertThat(refusal("01", DAY, "01,,2026-01-31,02", "02,,2026-02-28,01"))
                .as("in a circle")
                .isEqualTo("01 ended on 2026-01-31; use 02");
    }

    @Test
    void a_code_may_stand_twice_for_different_days() {
        String[] rows = {"01,2026-04-01,,", "01,2020-01-01,2026-02-28,"};

        assertThat(refusal("01", LocalDate.parse("2019-12-31"), rows)).isEqualTo("01 is in force only from 2020-01-01");
        assertThat(refusal("01", LocalDate.parse("2026-02-28"), rows)).isEqualTo("in force");
        assertThat(refusal("01", DAY, rows)).isEqualTo("01 ended on 2026-02-28; it is in force again from 2026-04-01");
        assertThat(refusal("01", LocalDate.parse("2026-04-01"), rows)).isEqualTo("in force");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            ,,,                        | svc_type_prefix is empty
            ' 02,,,'                   | svc_type_prefix has blanks around it
            02,2026-3-1,,              | valid_from is no date like 2026-03-01
            02,,2026-02-30,            | valid_to is no date like 2026-03-01
            02,,tomorrow,              | valid_to is no date like 2026-03-01
            02,2026-03-02,2026-03-01,  | valid_to is before valid_from
            02,,,99                    | replaced_by is no code of the table
            02,,2026-03-01,0           | replaced_by is no code of the table
            02,,2026-03-01,02          | replaced_by is the code itself
            01,,,                      | 01 stands in line 2 already, for some of the same days
            01,2026-03-01,,            | 01 stands in line 2 already, for some of the same days
            01,,2025-01-01,            | 01 stands in line 2 already, for some of the same days
            01,2025-05-05,2025-05-05,  | 01 stands in line 2 already, for some of the same days
            """)
    void a_row_that_is_wrong_is_named_by_its_line(String row, String what) {
        assertThatExceptionOfType(BrokenFileException.class)
                .isThrownBy(() -> new ServiceCatalogue(Tables.services("01,2025-01-01,2026-03-01,", row, "03,,,")))
                .withMessage("service-catalogue.csv, line 3: " + what);
    }

    @ParameterizedTest
    @CsvSource({"01,2024-06-01,2024-12-31", "01,2026-03-02,"})
    void days_that_meet_do_not_overlap(String code, String from, String to) {
        String row = code + "," + from + "," + (to == null ? "" : to) + ",";
        var catalogue = new ServiceCatalogue(Tables.services("01,2025-01-01,2026-03-01,", row));

        assertThat(catalogue.now().rows()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sims", "S", "SIMS-000", "SIMSX"})
    void a_second_line_domain_is_a_partys(String domain) {
        assertThatExceptionOfType(BrokenFileException.class)
                .isThrownBy(() -> new ServiceCatalogue(Tables.of(
                        "service-catalogue", "svc_type_prefix,name_zh,second_line_domain", "01,短信," + domain)))
                .withMessage("service-catalogue.csv, line 2: second_line_domain is not 2 to 4 capital letters");
    }

    @Test
    void a_column_that_is_missing_or_misspelt_or_a_table_without_a_row_is_refused() {
        assertThatExceptionOfType(BrokenFileException.class)
                .isThrownBy(
                        () -> new ServiceCatalogue(Tables.of("service-catalogue", "svc_type_prefix,name_zh", "01,短信")))
                .withMessage("service-catalogue.csv, line 1: there is no column second_line_domain");
        assertThatExceptionOfType(BrokenFileException.class)
                .isThrownBy(() -> new ServiceCatalogue(Tables.of(
                        "service-catalogue",
                        "svc_type_prefix,name_zh,second_line_domain,vaild_to",
                        "01,短信,SIMS,2026-03-01")))
                .withMessageStartingWith("service-catalogue.csv, line 1: there is no use for a column vaild_to");
        assertThatExceptionOfType(BrokenFileException.class)
                .isThrownBy(() -> new ServiceCatalogue(Tables.services()))
                .withMessage("service-catalogue.csv, line 1: no row follows the header");
    }

    @Test
    void without_the_columns_of_its_dates_a_table_is_in_force_for_ever() {
        var catalogue = new ServiceCatalogue(
                Tables.of("service-catalogue", "svc_type_prefix,name_zh,second_line_domain", "0301,梦网短信,SIMS"));

        assertThat(catalogue.find("0301", LocalDate.MIN).inForce()).isPresent();
        assertThat(catalogue.find("0301", LocalDate.MAX).inForce()).isPresent();
    }

    @Test
    void it_is_replaced_whole_or_not_at_all() {
        var catalogue = new ServiceCatalogue(Tables.services("01,,,", "02,,,"));
        DatedTable<ServiceCatalogue.Service> before = catalogue.now();

        assertThatExceptionOfType(BrokenFileException.class)
                .isThrownBy(() -> catalogue.replace(Tables.services("03,,,", "04,,,99")));
        assertThat(catalogue.now()).isSameAs(before);
        catalogue.replace(Tables.services("03,,,"));

        assertThat(catalogue.find("01", DAY)).isInstanceOf(Lookup.Unknown.class);
        assertThat(catalogue.find("03", DAY)).isInstanceOf(Lookup.InForce.class);
        assertThat(before.findByPrefix("01", DAY)).isInstanceOf(Lookup.InForce.class);
    }

    @Test
    void the_table_that_comes_with_the_hub_names_what_took_the_place_of_a_renamed_type() {
        var catalogue = new ServiceCatalogue(CodeTable.read(Messages.SCHEMAS, "service-catalogue"));

        assertThat(catalogue.now().inForce(DAY)).hasSize(29);
        assertThat(catalogue.find("0481", DAY).refusal()).contains("0481 ended on 2012-09-26; use 0416");
        assertThat(catalogue.find("0491", DAY).refusal()).contains("0491 ended on 2012-09-26; it has no successor");
    }
}
