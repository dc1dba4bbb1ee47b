package org.relayhub.message.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relayhub.Messages;
import org.relayhub.message.codes.OwnBusinessCatalogue.Kind;
import org.relayhub.message.codes.OwnBusinessCatalogue.Operation;

class OwnBusinessCatalogueTest {

    private static final String HEADER =
            "service_type_id,service_zh,domain,operate_type_id,kind,operation_zh,conditions,"
                    + "valid_from,valid_to,replaced_by";
    private static final String FIRST = "82,手机视频,MVID,01001,query,黑名单查询,msisdn,2012-01-01,2026-03-01,01002";
    private static final String SECOND = "82,手机视频,MVID,01002,query,历史订购查询,msisdn|from|to,2026-03-01,,";
    private static final LocalDate LAST = LocalDate.parse("2026-03-01");

    private static OwnBusinessCatalogue catalogue(String... rows) {
        var lines = new String[rows.length + 3];
        lines[0] = HEADER;
        lines[1] = FIRST;
        lines[2] = SECOND;
        System.arraycopy(rows, 0, lines, 3, rows.length);
        return new OwnBusinessCatalogue(Tables.of("own-business", lines));
    }

    @Test
    void an_operation_says_what_it_is_and_what_it_asks_for_in_order() {
        Operation operation = catalogue().find("82", "01002", LAST).inForce().orElseThrow();

        assertThat(operation.conditions()).containsExactly("msisdn", "from", "to");
        assertThat(operation.kind()).isEqualTo(Kind.QUERY);
        assertThat(operation.domain()).isEqualTo("MVID");
        assertThat(operation.serviceZh()).isEqualTo("手机视频");
        assertThat(operation.operationZh()).isEqualTo("历史订购查询");
    }

    @Test
    void what_it_is_on_a_day_is_told_apart() {
        OwnBusinessCatalogue catalogue = catalogue("83,手机游戏,MGAM,01001,handle,黑名单新增,msisdn,,2020-01-01,82/01002");

        assertThat(catalogue.find("82", "01001", LAST)).isInstanceOf(Lookup.InForce.class);
        assertThat(catalogue.find("82", "01001", LAST.plusDays(1)).refusal())
                .contains("82/01001 ended on 2026-03-01; use 82/01002");
        assertThat(catalogue.find("82", "01002", LAST.minusDays(1)).refusal())
                .contains("82/01002 is in force only from 2026-03-01");
        assertThat(catalogue.find("83", "01001", LAST).refusal())
                .as("a successor of another service")
                .contains("83/01001 ended on 2020-01-01; use 82/01002");
        assertThat(catalogue.find("82", "01003", LAST)).isInstanceOf(Lookup.Unknown.class);
        assertThat(catalogue.find("8", "2/01002", LAST)).isInstanceOf(Lookup.Unknown.class);
    }

    @Test
    void a_service_has_a_domain_and_a_domain_a_service_as_long_as_there_is_an_operation() {
        OwnBusinessCatalogue catalogue = catalogue(
                "83,手机游戏,MGAM,01001,handle,黑名单新增,msisdn,,2026-03-01,",
                "86,手机游戏,MGAM,01001,handle,黑名单新增,msisdn,2026-03-02,,");

        assertThat(catalogue.domain("82", LAST)).contains("MVID");
        assertThat(catalogue.serviceTypeId("MVID", LAST)).contains("82");
        assertThat(catalogue.serviceTypeId("MGAM", LAST)).contains("83");
        assertThat(catalogue.domain("83", LAST)).contains("MGAM");
        assertThat(catalogue.serviceTypeId("MGAM", LAST.plusDays(1))).contains("86");
        assertThat(catalogue.domain("83", LAST.plusDays(1))).isEmpty();
        assertThat(catalogue.domain("99", LAST)).isEmpty();
        assertThat(catalogue.serviceTypeId("MRED", LAST)).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = ';', textBlock = """
            ,手机游戏,MGAM,01001,query,查询,msisdn,,,           ; service_type_id is empty
            8300,手机游戏,MGAM,01001,query,查询,msisdn,,,       ; service_type_id is not 1 to 3 digits
            83,手机游戏,mgam,01001,query,查询,msisdn,,,         ; domain is not 2 to 4 capital letters
            83,手机游戏,MGAM,,query,查询,msisdn,,,              ; operate_type_id is empty
            83,手机游戏,MGAM,1001,query,查询,msisdn,,,          ; operate_type_id is not 5 digits
            83,手机游戏,MGAM,01001,ask,查询,msisdn,,,           ; kind is neither query nor handle
            83,手机游戏,MGAM,01001,query,查询,,,,               ; conditions is empty
            83,手机游戏,MGAM,01001,query,查询,msisdn|,,,        ; a condition is none of action, book, from, msisdn, order, service, terminal, to
            83,手机游戏,MGAM,01001,query,查询,msisdn|city,,,    ; a condition is none of action, book, from, msisdn, order, service, terminal, to
            83,手机游戏,MGAM,01001,query,查询,from|from,,,      ; a condition stands twice
            83,手机游戏,MGAM,01001,query,查询,msisdn,x,,        ; valid_from is no date like 2026-03-01
            83,手机游戏,MGAM,01001,query,查询,msisdn,,,01009    ; replaced_by is no code of the table
            83,手机游戏,MGAM,01001,query,查询,msisdn,,,99/01001 ; replaced_by is no code of the table
            82,手机视频,MVID,01002,query,查询,msisdn,,,         ; 82/01002 stands in line 3 already, for some of the same days
            82,手机视频,MGAM,01003,query,查询,msisdn,,,         ; service 82 is of domain MVID in line 2
            83,手机游戏,MVID,01001,query,查询,msisdn,,,         ; domain MVID has service 82 in line 2
            """)
    void a_row_that_is_wrong_is_named_by_its_line(String row, String what) {
        assertThatExceptionOfType(BrokenFileException.class)
                .isThrownBy(() -> catalogue(row))
                .withMessage("own-business.csv, line 4: " + what);
    }

    @Test
    void the_table_that_comes_with_the_hub_has_27_queries_and_5_handlings_of_five_services() {
        var catalogue = new OwnBusinessCatalogue(CodeTable.read(Messages.SCHEMAS, "own-business"));

        assertThat(catalogue.now().inForce(LAST))
                .filteredOn(operation -> operation.kind() == Kind.QUERY)
                .hasSize(27);
        assertThat(catalogue.now().inForce(LAST))
                .filteredOn(operation -> operation.kind() == Kind.HANDLE)
                .hasSize(5);
        assertThat(catalogue.now().inForce(LocalDate.parse("2011-12-31"))).isEmpty();
        assertThat(catalogue.domain("72", LAST)).contains("MUSI");
        assertThat(catalogue.serviceTypeId("MPAY", LAST)).contains("84");
    }
}
