package org.relayhub.message.codes;

import java.nio.charset.StandardCharsets;

/** Code tables of a test's own rows. */
final class Tables {

    private Tables() {}

    static CodeTable of(String name, String... lines) {
        return CodeTable.parse(name, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** A service catalogue; a row is {@code prefix,from,to,successor}. */
    static CodeTable services(String... rows) {
        var lines = new String[rows.length + 1];
        lines[0] = "svc_type_prefix,valid_from,valid_to,replaced_by,name_zh,second_line_domain";
        for (int i = 0; i < rows.length; i++) {
            lines[i + 1] = rows[i] + ",梦网短信,SIMS";
        }
        return of("service-catalogue", lines);
    }
}
