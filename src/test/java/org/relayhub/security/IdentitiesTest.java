package org.relayhub.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relayhub.directory.Directory;
import org.relayhub.directory.DirectoryFiles;
import org.relayhub.message.Party;
import org.relayhub.security.login.FailureSettings;
import org.relayhub.security.session.SessionSettings;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

class IdentitiesTest {

    private static final String HASH = hash("a long and secret one");

    private static final FailureSettings FAILURES = new FailureSettings(5, 30, Duration.ofMinutes(1));

    private final PasswordEncoder encoder = PasswordEncoderFactories.createDelegatingPasswordEncoder();

    private final Path folder;

    IdentitiesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private static String hash(String password) {
        return "{bcrypt}" + new BCryptPasswordEncoder(4).encode(password);
    }

    private FileSystemResource file(String... lines) throws Exception {
        Path file = folder.resolve("identities.csv");
        Files.writeString(file, String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
        return new FileSystemResource(file);
    }

    private Identities read(String... lines) throws Exception {
        return new IdentitiesFile(file(lines), encoder).read();
    }

    private static Directory directory() throws Exception {
        return new DirectoryFiles(
                        new ClassPathResource("adapters/"),
                        new ClassPathResource("schemas/"),
                        true,
                        Duration.ofSeconds(30))
                .read();
    }

    @Test
    void theFileNamesUserRoleAndHash() throws Exception {
        Identities identities =
                read("user,role,password_hash", "crm-250,party," + HASH, "wang,operator," + HASH, "li,ADMIN," + HASH);

        UserDetails party = identities.loadUserByUsername("crm-250");
        assertThat(encoder.matches("a long and secret one", party.getPassword()))
                .isTrue();
        assertThat(party.getAuthorities())
                .extracting(GrantedAuthority::getAuthority)
                .containsExactly("ROLE_PARTY");
        assertThat(identities.loadUserByUsername("wang").getAuthorities())
                .extracting(GrantedAuthority::getAuthority)
                .containsExactlyInAnyOrder("ROLE_OPERATOR", "ROLE_VIEWER");
        assertThat(identities.loadUserByUsername("li").getAuthorities())
                .extracting(GrantedAuthority::getAuthority)
                .containsExactlyInAnyOrder("ROLE_ADMIN", "ROLE_OPERATOR", "ROLE_VIEWER");
        assertThatThrownBy(() -> identities.loadUserByUsername("viewer")).isInstanceOf(UsernameNotFoundException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "'crm-250,chief,HASH', line 2: the role is none of party",
        "'crm-250,hub,HASH', line 2: the role is none of party",
        "'CRM-250,party,HASH', line 2: the user is no party",
        "'crm-25,party,HASH', line 2: the user is no party",
        "'wang,viewer,demo', line 2: the password_hash is not of the form",
        "'wang,viewer,{noop}secret', line 2: the password_hash is not of the form",
        "'wang,viewer,', line 2: the column password_hash is missing or empty",
        "'crm-250,party', line 2: the column password_hash is missing or empty",
        "',viewer,HASH', line 2: the column user is missing or empty"
    })
    void aFaultyLineStopsTheStartAndIsNamed(String line, String fault) {
        assertThatThrownBy(() -> read("user,role,password_hash", line.replace("HASH", HASH)))
                .isInstanceOf(UnsafeIdentitiesException.class)
                .hasMessageContaining(fault)
                .hasMessageEndingWith(".");
    }

    @Test
    void aPartyMayHaveNoPasswordAndThenNoneIsRight() throws Exception {
        String hash = read("user,role,password_hash", "crm-250,party,")
                .loadUserByUsername("crm-250")
                .getPassword();

        for (String guess : new String[] {"", " ", "demo", "null", hash}) {
            assertThat(encoder.matches(guess, hash)).isFalse();
        }
    }

    @Test
    void aUserStandsOnceOnly() {
        assertThatThrownBy(() -> read("user,role,password_hash", "wang,viewer," + HASH, "wang,admin," + HASH))
                .hasMessageContaining("line 3: the user wang stands twice");
    }

    @Test
    void aFileThatIsNotThereOrEmptyStopsTheStart() {
        assertThatThrownBy(() -> new IdentitiesFile(new FileSystemResource(folder.resolve("none.csv")), encoder).read())
                .isInstanceOf(UnsafeIdentitiesException.class)
                .hasMessageStartingWith("The identities cannot be read from ");
        assertThatThrownBy(() -> read("user,role,password_hash"))
                .isInstanceOf(UnsafeIdentitiesException.class)
                .hasMessageStartingWith("No identity stands in ");
    }

    @Test
    void aDemoPasswordStopsTheStartAndSaysWhose() {
        assertThatThrownBy(
                        () -> read("user,role,password_hash", "wang,viewer," + HASH, "crm-250,party," + hash("demo")))
                .isInstanceOf(UnsafeIdentitiesException.class)
                .hasMessageContaining("is that of crm-250 in ");
    }

    @Test
    void outsideTheStandaloneProfileTheHubDoesNotStartWithoutIdentities() throws Exception {
        Directory directory = directory();
        new WebApplicationContextRunner()
                .withBean(Directory.class, () -> directory)
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean(Clock.class, Clock::systemUTC)
                .withBean(
                        SecuritySettings.class,
                        () -> new SecuritySettings(
                                null, FAILURES, new SessionSettings(Duration.ofMinutes(30), Duration.ofHours(12))))
                .withUserConfiguration(SecurityConfiguration.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(UnsafeIdentitiesException.class)
                        .hasMessage("The setting hub.security.identities is missing: nobody could call the hub."));
    }

    @Test
    void outsideTheStandaloneProfileNoDemoIdentityExists() throws Exception {
        Directory directory = directory();
        FileSystemResource file = file("user,role,password_hash", "wang,viewer," + HASH);
        new WebApplicationContextRunner()
                .withBean(Directory.class, () -> directory)
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean(Clock.class, Clock::systemUTC)
                .withBean(
                        SecuritySettings.class,
                        () -> new SecuritySettings(
                                file, FAILURES, new SessionSettings(Duration.ofMinutes(30), Duration.ofHours(12))))
                .withUserConfiguration(SecurityConfiguration.class)
                .run(context -> {
                    UserDetailsService identities = context.getBean(UserDetailsService.class);
                    assertThat(identities.loadUserByUsername("wang")).isNotNull();
                    for (String demo : new String[] {"viewer", "operator", "admin", "hub-000", "crm-250"}) {
                        assertThatThrownBy(() -> identities.loadUserByUsername(demo))
                                .isInstanceOf(UsernameNotFoundException.class);
                    }
                });
    }

    @Test
    void theStandaloneProfileKnowsEveryPartyTheHubAndAnOperatorOfEachRole() throws Exception {
        Directory directory = directory();
        Identities identities = Identities.demo(directory, encoder);

        assertThat(directory.parties()).isNotEmpty().allSatisfy(entry -> assertThat(
                        identities.loadUserByUsername(entry.party().user()).getAuthorities())
                .extracting(GrantedAuthority::getAuthority)
                .containsExactly("ROLE_PARTY"));
        assertThat(encoder.matches(
                        "demo", identities.loadUserByUsername(Party.HUB.user()).getPassword()))
                .isTrue();
        assertThat(identities.loadUserByUsername("admin").getAuthorities()).hasSize(3);
    }

    @Test
    void onlyAPartyIsFoundAsAParty() throws Exception {
        Identities identities = Identities.demo(directory(), encoder);

        assertThat(identities.loadParty("crm-250").getAuthorities())
                .extracting(GrantedAuthority::getAuthority)
                .containsExactly("ROLE_PARTY");
        for (String other : new String[] {"hub-000", "viewer", "operator", "admin", "crm-999", ""}) {
            assertThatThrownBy(() -> identities.loadParty(other)).isInstanceOf(UsernameNotFoundException.class);
        }
    }
}
