package org.relayhub.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
import org.relayhub.security.login.FailureSettings;
import org.relayhub.security.session.SessionSettings;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

class CertificateIssuersTest {

    private final Path folder;

    CertificateIssuersTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @CsvSource({
        "'server.ssl.client-auth=want', true",
        "'server.ssl.client-auth=need', true",
        "'server.ssl.client-auth=want;server.ssl.key-store=file:hub.p12', true",
        "'server.ssl.client-auth=want;server.ssl.trust-store=file:parties.p12', false",
        "'server.ssl.client-auth=want;server.ssl.trust-certificate=file:parties.crt', false",
        "'server.ssl.client-auth=none', false",
        "'server.ssl.key-store=file:hub.p12', false"
    })
    void certificatesAreNotAskedForWhereEveryPublicAuthorityWouldBeTrusted(String settings, boolean refused)
            throws Exception {

        starting().withPropertyValues(settings.split(";")).run(context -> {
            if (refused) {
                assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(UnsafeSettingException.class)
                        .hasMessageContaining("nothing says whose it trusts");
            } else {
                assertThat(context).hasNotFailed();
            }
        });
    }

    @Test
    void aBundleWithoutATrustStoreTrustsEveryPublicAuthorityAndIsRefused() throws Exception {
        TestAuthority authority = new TestAuthority(folder).sign("server", "CN=hub");
        WebApplicationContextRunner starting = starting()
                .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
                .withPropertyValues(
                        "server.ssl.bundle=hub",
                        "server.ssl.client-auth=want",
                        "spring.ssl.bundle.pem.hub.keystore.certificate="
                                + authority.certificates("server").toUri(),
                        "spring.ssl.bundle.pem.hub.keystore.private-key="
                                + authority.privateKey("server").toUri());

        starting.run(
                context -> assertThat(context).getFailure().rootCause().isInstanceOf(UnsafeSettingException.class));
        starting.withPropertyValues("spring.ssl.bundle.pem.hub.truststore.certificate="
                        + authority.certificates("ca").toUri())
                .run(context -> assertThat(context).hasNotFailed());
    }

    private WebApplicationContextRunner starting() throws Exception {
        Directory directory = new DirectoryFiles(
                        new ClassPathResource("adapters/"),
                        new ClassPathResource("schemas/"),
                        true,
                        Duration.ofSeconds(30))
                .read();
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
