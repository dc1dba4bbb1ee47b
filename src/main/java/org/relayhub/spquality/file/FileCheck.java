package org.relayhub.spquality.file;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.YearMonth;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Serial;
import org.relayhub.message.codes.CodeTable;
import org.relayhub.spquality.file.layout.FileKind;
import org.relayhub.spquality.file.layout.Layout;
import org.relayhub.spquality.file.layout.MobileSegments;
import org.springframework.core.io.Resource;

/**
 * Checks a file, once from front to end, and finds all that is wrong with it. Needs the same memory for any file, but for
 * the keys of its records: 12 to 24 bytes for each.
 */
public final class FileCheck {

    /** How many months after its end a month may still be reported. */
    private static final int OLDEST = 12;

    private static final String COMPANION_EXPECTED =
            "beside the file its companion <name>.sha256: 64 hex digits, two blanks, the file's name";

    private final Layout quality;
    private final Layout statement;
    private final MobileSegments mobiles;
    private final Set<String> provinces;
    private final Clock clock;

    /**
     * @param schemas the {@code schemas} folder
     * @throws org.relayhub.message.codes.BrokenFileException if a table of it is wrong
     */
    public FileCheck(Resource schemas, Clock clock) {
        this.quality = Layout.read(schemas, FileKind.SPQ);
        this.statement = Layout.read(schemas, FileKind.SPS);
        this.mobiles = new MobileSegments(Layout.table(schemas, "mobile-segments"));
        this.provinces = CodeTable.read(schemas, "provinces").rows().stream()
                .map(row -> row.require("code"))
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
        this.clock = clock;
    }

    /** The provinces that report, by their codes. */
    public Set<String> provinces() {
        return provinces;
    }

    /** What a name says; empty if it is none of a file that anybody may send. */
    public Optional<FileName> name(String name) {
        return FileName.parse(name)
                .filter(parsed -> parsed.kind() == FileKind.SPS || provinces.contains(parsed.reporter()));
    }

    /**
     * Checks a file.
     *
     * @param name its name, as it was dropped
     * @param companion what stands in its companion; null if that is missing
     * @param content is read to its end, if the name is that of a file
     * @param rows takes its records
     * @param claimed whether the name was taken before, for another content
     * @throws IOException if the content cannot be read, or {@code rows} cannot take it
     */
    public Checked check(
            String name,
            Sender sender,
            @Nullable String companion,
            InputStream content,
            RowWriter rows,
            boolean claimed)
            throws IOException {
        var faults = new Faults();
        Optional<FileName> file = name(name);
        if (file.isEmpty()) {
            faults.addOfFile(Fault.NAME, "F01", "a name like SPQ_250_201209_001.txt or SPS_901234_201209_001.txt");
            return Checked.unread(faults);
        }
        checkName(file.get(), sender, claimed, faults);
        Optional<CompanionFile> stated = companion == null ? Optional.empty() : CompanionFile.parse(companion, name);
        if (stated.isEmpty()) {
            faults.addOfFile(Fault.COMPANION, "F01", COMPANION_EXPECTED);
        }
        var pass = new FilePass(file.get(), layout(file.get().kind()), mobiles, rows, faults);
        pass.read(content);
        if (stated.isPresent() && !stated.get().sha256().equals(pass.sha256())) {
            faults.addOfFile(Fault.WHOLE, "F02", "the SHA-256 that its companion states");
        }
        return pass.result();
    }

    private void checkName(FileName file, Sender sender, boolean claimed, Faults faults) {
        // Of the files of others a sender learns nothing.
        if (claimed && sender.mayReport(file)) {
            faults.addOfFile(
                    Fault.NAME,
                    "F01",
                    "a name that is not taken: another file of it was accepted; a correction has the next number");
        }
        if (!sender.mayReport(file)) {
            faults.addOfFile(
                    Fault.NAME,
                    "F04",
                    file.kind() == FileKind.SPQ ? "a file of the sender's own province" : "a file of the SP itself");
        }
        YearMonth now = YearMonth.from(Serial.day(clock.instant()));
        if (!file.month().isBefore(now) || file.month().isBefore(now.minusMonths(OLDEST))) {
            faults.addOfFile(Fault.NAME, "F05", "a month that has ended, and no more than 12 months ago");
        }
    }

    private Layout layout(FileKind kind) {
        return kind == FileKind.SPQ ? quality : statement;
    }
}
