package org.relayhub.message.codes;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a reply or an archive may give as the cause that somebody is responsible for: {@code codes/duty-reasons.csv}. */
public final class DutyReasons extends DatedCodes<DutyReasons.Reason> {

    /** One row. */
    public record Reason(
            String code,
            String nameZh,
            Validity validity,
            @Nullable String replacedBy) implements DatedCode {}

    private static final List<String> MANDATORY = List.of("code", "name_zh");
    private static final List<String> OPTIONAL = List.of("code_origin");

    /** A spreadsheet takes the zeros before a number away; then no document could have the code. */
    private static final Pattern CODE = Pattern.compile("[0-9]{6}");

    /** @throws BrokenFileException if there is anything wrong with the table; the message names the line */
    public DutyReasons(CodeTable csv) {
        super(csv, DutyReasons::read);
    }

    private static DatedTable<Reason> read(CodeTable csv) {
        return DatedTable.of(csv, MANDATORY, OPTIONAL, DutyReasons::reason);
    }

    private static Reason reason(CodeTable.Row row) {
        String code = row.require("code");
        if (!CODE.matcher(code).matches()) {
            throw row.fault("code is not 6 digits");
        }
        return new Reason(code, row.require("name_zh"), Validity.of(row), row.find("replaced_by"));
    }
}
