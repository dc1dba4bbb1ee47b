package org.relayhub.spquality.file;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.relayhub.spquality.file.layout.FileKind;

/**
 * Who drops files: the owner of a root on the SFTP server, as in {@code CRM-250}, {@code SIMS-250} or {@code SP-901234}.
 *
 * @param name the root's name
 */
public record Sender(String name) {

    private static final Pattern FORM = Pattern.compile("([A-Z]{2,4})-([0-9]{3}|9[0-9]{5})");

    /** Which systems of a province may report for it. */
    private static final Set<String> OF_A_PROVINCE = Set.of("CRM", "SIMS");

    private static final String OF_AN_SP = "SP";

    /** Whether it may report for the province or the SP that a file is named for. */
    public boolean mayReport(FileName file) {
        Matcher parts = FORM.matcher(name);
        return parts.matches()
                && parts.group(2).equals(file.reporter())
                && (file.kind() == FileKind.SPQ
                        ? OF_A_PROVINCE.contains(parts.group(1))
                        : parts.group(1).equals(OF_AN_SP));
    }

    /** Who is expected to send a file of this name: the CRM of a province, or the SP itself. */
    public static Sender of(FileName file) {
        return new Sender((file.kind() == FileKind.SPQ ? "CRM-" : "SP-") + file.reporter());
    }

    @Override
    public String toString() {
        return name;
    }
}
