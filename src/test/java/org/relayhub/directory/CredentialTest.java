package org.relayhub.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayhub.message.Party;
import org.relayhub.message.codes.BrokenFileException;

class CredentialTest {

    private static final Party JIANGSU = Party.of("CRM-250");

    private final Path folder;

    CredentialTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private static PartyEntry entry(String line) {
        String file = "defaults: {}\nparties:\n  CRM-250:\n    " + line + "\n";
        return Directories.of(file).get(JIANGSU);
    }

    private static String password(String from) {
        return entry("passwordFrom: " + from).credential().orElseThrow().password();
    }

    @Test
    void aPasswordStandsInTheEnvironmentOrInAFile() throws Exception {
        Path file = folder.resolve("crm-250");
        Files.writeString(file, "long and secret\n");

        assertThat(password("file:" + file)).isEqualTo("long and secret");
        assertThat(password("env:PATH")).isEqualTo(System.getenv("PATH"));
        assertThat(entry("enabled: true").credential()).isEmpty();
    }

    @Test
    void aPasswordFileMayBeReplacedWhileTheHubRuns() throws Exception {
        Path file = folder.resolve("crm-250");
        Files.writeString(file, "first");
        Credential credential = new Credential(JIANGSU, "file:" + file);
        assertThat(credential.password()).isEqualTo("first");

        Files.writeString(file, "second");

        assertThat(credential.password()).isEqualTo("second");
    }

    @Test
    void aPasswordThatIsNotThereIsMissedInASentenceThatNamesTheParty() {
        assertThatThrownBy(() -> password("env:NO_SUCH_VARIABLE_HERE"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The password for CRM-250 is missing: the environment has no NO_SUCH_VARIABLE_HERE.");
        assertThatThrownBy(() -> password("file:" + folder.resolve("none")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "The password for CRM-250 is missing: the file " + folder.resolve("none") + " cannot be read.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "passwordFrom: hunter2",
                "passwordFrom: 'plain:hunter2'",
                "passwordFrom: 'env:'",
                "passwordFrom: 'file: '",
                "password: hunter2",
                "address: http://hub:hunter2@crm.invalid/ws",
                "address: http://hub:hun?ter2@crm.invalid/ws",
                "address: '//hunter2@crm.invalid/ws'",
                "address: 'http://hub:hunter2 ^@crm.invalid/ws'"
            })
    void noPasswordStandsInTheFileItselfAndNoneIsRepeatedInTheRefusal(String line) {
        assertThatThrownBy(() -> entry(line))
                .isInstanceOf(BrokenFileException.class)
                .hasMessageStartingWith("parties.yaml")
                .message()
                .doesNotContain("hunter2", "ter2");
    }

    @Test
    void anAddressMayHoldAnAtSignInItsPath() {
        assertThat(entry("address: http://crm.invalid/ws/@home").address()).hasToString("http://crm.invalid/ws/@home");
    }
}
