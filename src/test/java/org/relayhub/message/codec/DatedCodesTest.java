package org.relayhub.message.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relayhub.message.Fault;
import org.relayhub.message.codes.CodeTable;
import org.relayhub.message.codes.CodesOfDay;
import org.relayhub.message.codes.DatedTable;
import org.relayhub.message.codes.DutyReasons;
import org.relayhub.message.codes.ServiceCatalogue;
import org.springframework.core.io.ClassPathResource;

/** Codes that end: what a document may name on which day, and by which table. */
class DatedCodesTest {

    private static final String TYPES = """
            svc_type_prefix,name_zh,second_line_domain,valid_from,valid_to,replaced_by
            0301,梦网短信,SIMS,2026-02-01,2026-02-28,0311
            0302,梦网彩信,SIMS,,2026-02-28,
            0311,短信,SIMS,,,
            """;
    private static final String REASONS = """
            code,name_zh,valid_from,valid_to,replaced_by
            050000,SP责任,2026-02-01,2026-02-28,990000
            990000,其他,,,
            """;

    private final ServiceCatalogue services = new ServiceCatalogue(table("service-catalogue", TYPES));
    private final DutyReasons reasons = new DutyReasons(table("duty-reasons", REASONS));
    private final DocumentSchema schema =
            new DocumentSchema(new ClassPathResource("schemas/"), List.of(services, reasons));

    private static CodeTable table(String name, String content) {
        return CodeTable.parse(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private String answer(Draft draft, String instant) {
        var reader = new DocumentReader(schema, Clock.fixed(Instant.parse(instant), ZoneOffset.UTC));
        String child = answer(reader.read(draft.xml()).bodyFault());
        assertThat(answer(reader.read(draft.form(WireForm.TEXT).xml()).bodyFault()))
                .as("as text")
                .isEqualTo(child);
        return child;
    }

    private static String answer(@org.jspecify.annotations.Nullable Fault fault) {
        return fault == null ? "right" : fault.code() + " " + fault.description();
    }

    /** Midnight in China is 16:00 UTC of the day before. */
    @ParameterizedTest
    @CsvSource({
        "2026-01-31T15:59:59Z, is in force only from 2026-02-01",
        "2026-01-31T16:00:00Z, right",
        "2026-02-28T15:59:59Z, right",
        "2026-02-28T16:00:00Z, ended on 2026-02-28; use",
    })
    void aTypeAndAReasonAreInForceOnTheDaysOfChinaThatTheTableNames(String instant, String expected) {
        String type = answer(ValidDocuments.dispatch().with("SvcTypeId", "030101"), instant);
        String reply = answer(ValidDocuments.of("ReplyReq").with("DutyReason", "050000"), instant);
        String archive = answer(ValidDocuments.of("ArchiveReq").with("DutyReason", "050000"), instant);

        if (expected.equals("right")) {
            assertThat(List.of(type, reply, archive)).containsOnly("right");
        } else {
            assertThat(type).isEqualTo("4002 SvcTypeId: 0301 " + expected + (expected.endsWith("use") ? " 0311" : ""));
            assertThat(reply)
                    .isEqualTo("4002 DutyReason: 050000 " + expected + (expected.endsWith("use") ? " 990000" : ""))
                    .isEqualTo(archive);
        }
    }

    @Test
    void whatRetiredHasNoSuccessorToName() {
        assertThat(answer(ValidDocuments.of("DiagnoseReq").with("SvcTypeId", "0302"), "2026-03-01T04:00:00Z"))
                .isEqualTo("4002 SvcTypeId: 0302 ended on 2026-02-28; it has no successor");
    }

    @Test
    void ofAReasonThatIsUnknownTheRefusalNamesThoseThatAreInForce() {
        Draft unknown = ValidDocuments.of("ReplyReq").with("DutyReason", "070000");

        assertThat(answer(unknown, "2026-02-28T04:00:00Z")).isEqualTo("4002 DutyReason: is not one of 050000, 990000");
        assertThat(answer(unknown, "2026-03-01T04:00:00Z")).isEqualTo("4002 DutyReason: is not one of 990000");
    }

    @Test
    void aTableThatIsReplacedIsTheOneByWhichTheNextDocumentIsJudged() {
        Draft dispatch = ValidDocuments.dispatch().with("SvcTypeId", "030101");
        Draft reply = ValidDocuments.of("ReplyReq").with("DutyReason", "050000");
        String noon = "2026-02-20T04:00:00Z";
        assertThat(answer(dispatch, noon)).isEqualTo("right");
        services.replace(table("service-catalogue", TYPES.replace("2026-02-28,0311", "2026-02-19,0311")));
        reasons.replace(table("duty-reasons", REASONS.replace("2026-02-28", "2026-02-19")));

        assertThat(answer(dispatch, noon)).isEqualTo("4002 SvcTypeId: 0301 ended on 2026-02-19; use 0311");
        assertThat(answer(reply, noon)).isEqualTo("4002 DutyReason: 050000 ended on 2026-02-19; use 990000");
        services.replace(table("service-catalogue", TYPES));
        assertThat(answer(dispatch, noon)).isEqualTo("right");
    }

    @Test
    void oneDocumentIsJudgedByOneTableThroughout() {
        var codes = new CodesOfDay(Clock.fixed(Instant.parse("2026-02-20T04:00:00Z"), ZoneOffset.UTC));
        DatedTable<?> first = codes.of(reasons);
        reasons.replace(table("duty-reasons", "code,name_zh\n010000,业务设计\n"));

        assertThat(codes.of(reasons)).isSameAs(first).isNotSameAs(reasons.now());
    }
}
