package org.relayhub.spquality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayhub.spquality.SpFiles.SetClock;
import org.relayhub.spquality.file.Checked;
import org.relayhub.spquality.file.Fault;
import org.relayhub.spquality.file.FileCheck;
import org.relayhub.spquality.file.RowWriter;
import org.relayhub.spquality.file.Sender;

/** The corpus is what its users take it for, and each of its files is refused for what is wrong with it and for nothing else. */
class BrokenFilesTest {

    private static final YearMonth MONTH = YearMonth.of(2012, 9);
    /** Made once: the archives in it take a second. */
    private static final List<BrokenFile> ALL = BrokenFiles.all(MONTH);

    private final FileCheck check = SpFiles.check(new SetClock("2012-10-05T09:30:00+08:00"));

    @Test
    void eachFileIsRefusedForWhatIsWrongWithItAndForNothingElse(@TempDir Path folder) throws Exception {
        var wrong = new ArrayList<String>();
        for (BrokenFile file : ALL) {
            Checked checked = checked(file, folder.resolve("copy"));
            Set<String> found = codes(checked);
            if (checked.faultCount() == 0 || !found.equals(file.expectedCodes())) {
                wrong.add(file + " found " + found);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "GB18030"})
    void whatTheyWereMadeFromIsRight(String encoding, @TempDir Path folder) throws Exception {
        var province = FileText.ofProvince(MONTH).with(FileText.ROW).in(encoding);
        var partner = FileText.ofPartner(MONTH).with(FileText.CONTACT).in(encoding);
        for (String end : List.of("\n", "\r\n")) {
            byte[] quality = province.text().replace("\n", end).getBytes(Charset.forName(encoding));
            byte[] statement = partner.text().replace("\n", end).getBytes(Charset.forName(encoding));
            Path copy = folder.resolve("copy");

            assertThat(checked(BrokenFile.of("", "CRM-250", province.name(), quality), copy))
                    .satisfies(checked -> assertThat(checked.faults()).isEmpty())
                    .extracting(Checked::encoding, Checked::records, Checked::callsOffered)
                    .containsExactly(encoding, 4L, 54210L);
            assertThat(checked(BrokenFile.of("", "SP-901234", partner.name(), statement), copy))
                    .satisfies(checked -> assertThat(checked.faults()).isEmpty())
                    .extracting(Checked::encoding, Checked::records, Checked::callsOffered)
                    .containsExactly(encoding, 2L, 0L);
        }
    }

    @Test
    void aMonthMayBeReportedUntilTwelveMonthsAfter(@TempDir Path folder) throws Exception {
        for (int back = 0; back <= 12; back++) {
            FileText file = FileText.ofProvince(MONTH.minusMonths(back));
            Checked checked = checked(BrokenFile.of("", "SIMS-250", file.name(), file.bytes()), folder.resolve("copy"));

            assertThat(codes(checked)).as(file.name()).isEqualTo(back < 12 ? Set.of() : Set.of("F05"));
        }
    }

    @Test
    void aFileWithoutCompanionIsStillRead(@TempDir Path folder) throws Exception {
        FileText file = FileText.ofProvince(MONTH).with(FileText.ROW.replace("|1.0", "|1"));
        Path copy = Files.write(folder.resolve("copy"), file.bytes());
        try (InputStream content = Files.newInputStream(copy)) {
            Checked checked = check.check(file.name(), new Sender("CRM-250"), null, content, RowWriter.NONE, false);

            assertThat(checked.faults())
                    .extracting(fault -> fault.line() + " " + fault.code())
                    .containsExactly("0 F01", "3 R08");
        }
    }

    @Test
    void theCorpusIsLargeNamesEveryFileAndBreaksEveryRuleThatTheTableOfFaultsHas() throws IOException {
        assertThat(ALL).hasSizeGreaterThan(500);
        assertThat(ALL).extracting(BrokenFile::description).doesNotHaveDuplicates();
        assertThat(ALL.stream().flatMap(file -> file.expectedCodes().stream()).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(Files.readAllLines(Path.of("schemas/files/faults.csv")).stream()
                        .skip(1)
                        .map(line -> line.substring(0, line.indexOf(',')))
                        .toList());
    }

    @Test
    void noFileOfTheCorpusIsTheRightOne() {
        String right =
                BrokenFile.of("", "CRM-250", "", BrokenFiles.right(MONTH)).digest();

        assertThat(ALL)
                .filteredOn(file -> file.companion() == null)
                .filteredOn(file -> !file.expectedCodes().equals(Set.of("F01"))
                        && !file.expectedCodes().equals(Set.of("F04")))
                .noneMatch(file -> file.digest().equals(right));
    }

    @Test
    void bytesThatAreNoTextInTheStatedEncodingAreNoneForJavaEither() throws Exception {
        for (BrokenFile file : ALL) {
            if (file.expectedCodes().contains("F06") && !file.description().contains("mark")) {
                var bytes = new ByteArrayOutputStream();
                file.content().writeTo(bytes);
                var charset = Charset.forName(
                        bytes.toString(StandardCharsets.ISO_8859_1).contains("|GB18030|") ? "GB18030" : "UTF-8");
                assertThatThrownBy(() -> charset.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())))
                        .as(file.description())
                        .isInstanceOf(CharacterCodingException.class);
            }
        }
    }

    @Test
    void itIsTheSameEveryTime() {
        List<String> once = ALL.stream().map(BrokenFile::digest).toList();

        assertThat(BrokenFiles.all(MONTH)).extracting(BrokenFile::digest).containsExactlyElementsOf(once);
    }

    /** Through a file, as the largest do not fit into the memory of a small machine. */
    private Checked checked(BrokenFile file, Path copy) throws IOException {
        try (var out = new BufferedOutputStream(Files.newOutputStream(copy))) {
            file.content().writeTo(out);
        }
        String companion = new String(file.companionBytes(), StandardCharsets.UTF_8);
        try (InputStream content = Files.newInputStream(copy)) {
            return check.check(file.name(), new Sender(file.sender()), companion, content, RowWriter.NONE, false);
        }
    }

    private static Set<String> codes(Checked checked) {
        return checked.faults().stream().map(Fault::code).collect(Collectors.toCollection(TreeSet::new));
    }
}
