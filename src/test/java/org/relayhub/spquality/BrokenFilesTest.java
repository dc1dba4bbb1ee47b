package org.relayhub.spquality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The corpus is what its users take it for. */
class BrokenFilesTest {

    private static final YearMonth MONTH = YearMonth.of(2012, 9);

    @Test
    void theCorpusIsLargeNamesEveryFileAndBreaksEveryRule() {
        List<BrokenFile> all = BrokenFiles.all(MONTH);

        assertThat(all).hasSizeGreaterThan(500);
        assertThat(all).extracting(BrokenFile::description).doesNotHaveDuplicates();
        assertThat(all.stream().flatMap(file -> file.expectedCodes().stream()).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        "F01", "F02", "F03", "F04", "F05", "F06", "R01", "R02", "R03", "R04", "R05", "R06", "R07",
                        "R08", "R09", "R10");
    }

    @Test
    void noFileOfTheCorpusIsTheRightOne() {
        String right =
                BrokenFile.of("", "CRM-250", "", BrokenFiles.right(MONTH)).digest();

        assertThat(BrokenFiles.all(MONTH))
                .filteredOn(file -> file.companion() == null)
                .filteredOn(file -> !file.expectedCodes().equals(Set.of("F01"))
                        && !file.expectedCodes().equals(Set.of("F04")))
                .noneMatch(file -> file.digest().equals(right));
    }

    @Test
    void bytesThatAreNoTextInTheStatedEncodingAreNoneForJavaEither() throws Exception {
        for (BrokenFile file : BrokenFiles.all(MONTH)) {
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
        List<String> once =
                BrokenFiles.all(MONTH).stream().map(BrokenFile::digest).toList();

        assertThat(BrokenFiles.all(MONTH)).extracting(BrokenFile::digest).containsExactlyElementsOf(once);
    }
}
