package org.relayhub.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayhub.HubApplication;
import org.relayhub.directory.Directories;
import org.relayhub.directory.Directory;
import org.relayhub.security.login.FailureSettings;
import org.relayhub.security.session.SessionSettings;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.FileSystemResource;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

@ExtendWith(OutputCaptureExtension.class)
class OwnPasswordsTest {

    private final Path folder;

    OwnPasswordsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private static MockEnvironment environment(String profile, String... settings) {
        var environment = new MockEnvironment();
        environment.setActiveProfiles(profile);
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            environment.setProperty(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return environment;
    }

    private static void checkSettings(String profile, String... settings) {
        new OwnPasswords(environment(profile, settings)).checkSettings();
    }

    private void checkParties(String profile, String... parties) throws Exception {
        Directory directory = Directories.of("defaults: {}\nparties:\n  " + String.join("\n  ", parties) + "\n");
        new OwnPasswords(environment(profile)).checkParties(directory.parties());
    }

    private Path password(String name, String password) throws Exception {
        return Files.writeString(folder.resolve(name), password + "\n");
    }

    @ParameterizedTest
    @CsvSource({
        "hub.broker.password=demo, broker (hub.broker.password) is the demo password.",
        "hub.broker.password=, broker (hub.broker.password) is empty.",
        "hub.broker.user=hub-000, broker (hub.broker.password) is empty.",
        "spring.datasource.password=demo, database (spring.datasource.password) is the demo password.",
        "spring.datasource.url=jdbc:postgresql://db/hub?user=hub&password=demo, database (spring.datasource.password) is the demo password."
    })
    void anUnsafePasswordForBrokerOrDatabaseStopsTheStart(String setting, String sentence) {
        assertThatThrownBy(() -> checkSettings("production", setting))
                .isInstanceOf(UnsafeSettingException.class)
                .hasMessage("The password for the " + sentence);
        assertThatCode(() -> checkSettings("standalone", setting)).doesNotThrowAnyException();
    }

    @Test
    void aHubWithoutABrokerOrWithPasswordsOfItsOwnStarts() {
        assertThatCode(() -> checkSettings("production", "spring.datasource.password="))
                .doesNotThrowAnyException();
        assertThatCode(() -> checkSettings(
                        "production",
                        "hub.broker.user=hub-000",
                        "hub.broker.password=long and secret",
                        "spring.datasource.password=demonstrably secret",
                        "spring.datasource.url=jdbc:postgresql://db/hub?password=demonstrably"))
                .doesNotThrowAnyException();
    }

    @Test
    void anUnsafePasswordForAPartyStopsTheStartOutsideTheStandaloneProfile() throws Exception {
        String demo = "{passwordFrom: 'file:" + password("demo", "demo") + "'}";
        String empty = "{passwordFrom: 'file:" + password("empty", "") + "'}";
        String[] parties = {"CSVC-000: " + demo, "SIMS-000: " + empty, "MVID-000: " + demo};

        assertThatThrownBy(() -> checkParties("production", parties))
                .isInstanceOf(UnsafeSettingException.class)
                .hasMessage(("The password for CSVC-000 and 1 more (passwordFrom: file:%1$s/demo) is the demo password."
                                + " The password for SIMS-000 (passwordFrom: file:%1$s/empty) is empty.")
                        .formatted(folder));
        assertThatCode(() -> checkParties("standalone", parties)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "standalone"})
    void aPasswordForAPartyThatIsNotThereStopsTheStartAndNamesTheParty(String profile) {
        assertThatThrownBy(() -> checkParties(
                        profile,
                        "CSVC-000: {passwordFrom: 'env:NO_SUCH_VARIABLE_HERE'}",
                        "SIMS-000: {passwordFrom: 'file:/no/such/file'}"))
                .isInstanceOf(UnsafeSettingException.class)
                .hasMessage("The password for CSVC-000 is missing: the environment has no NO_SUCH_VARIABLE_HERE."
                        + " The password for SIMS-000 is missing: the file /no/such/file cannot be read.");
    }

    @Test
    void aPartyThatTakesNoPartNeedsNoPassword() {
        assertThatCode(() -> checkParties(
                        "production",
                        "CSVC-000: {passwordFrom: 'env:NO_SUCH_VARIABLE_HERE', enabled: false}",
                        "SIMS-000: {}"))
                .doesNotThrowAnyException();
    }

    @Test
    void aPasswordOfTheHubsOwnForEachPartyLetsItStart() throws Exception {
        String own = "{passwordFrom: 'file:" + password("own", "long and secret") + "'}";

        assertThatCode(() -> checkParties("production", "CSVC-000: " + own)).doesNotThrowAnyException();
    }

    @Test
    void theHubEndsWithTheSentenceBeforeItConnectsToAnything(CapturedOutput output) {
        assertThatThrownBy(() -> SpringApplication.run(
                        HubApplication.class,
                        "--spring.profiles.active=production",
                        "--server.port=0",
                        "--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/hub",
                        "--spring.datasource.password=demo"))
                .isInstanceOf(UnsafeSettingException.class);

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("The password for the database (spring.datasource.password) is the demo password.")
                .contains("Give the hub a password of its own there")
                .doesNotContain("Connection refused", "\tat org.relayhub");
    }

    @Test
    void theWholeSecurityLooksAtThePasswordsForParties() throws Exception {
        Directory directory = Directories.of(
                "defaults: {}\nparties:\n  CSVC-000: {passwordFrom: 'file:" + password("demo", "demo") + "'}\n");

        starting(directory).run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .isInstanceOf(UnsafeSettingException.class)
                .hasMessageStartingWith("The password for CSVC-000 ("));
    }

    private WebApplicationContextRunner starting(Directory directory) throws Exception {
        Path identities = Files.writeString(
                folder.resolve("identities.csv"),
                "user,role,password_hash\nwang,viewer,{bcrypt}" + new BCryptPasswordEncoder(4).encode("own") + "\n");
        return new WebApplicationContextRunner()
                .withBean(Directory.class, () -> directory)
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean(Clock.class, Clock::systemUTC)
                .withBean(
                        SecuritySettings.class,
                        () -> new SecuritySettings(
                                new FileSystemResource(identities),
                                new FailureSettings(5, 30, Duration.ofMinutes(1)),
                                new SessionSettings(Duration.ofMinutes(30), Duration.ofHours(12))))
                .withUserConfiguration(SecurityConfiguration.class);
    }
}
