package org.relayhub.security;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.relayhub.directory.Directory;
import org.relayhub.directory.DirectoryFiles;
import org.relayhub.security.login.FailureSettings;
import org.relayhub.security.session.SessionSettings;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.web.embedded.EmbeddedWebServerFactoryCustomizerAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;

/**
 * What guards the hub, on a real server, with nothing behind it but a servlet that tells each caller who it is. No
 * {@code @Configuration}, so that no scan of another test finds it.
 */
@ImportAutoConfiguration({
    EmbeddedWebServerFactoryCustomizerAutoConfiguration.class,
    ServletWebServerFactoryAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    SecurityAutoConfiguration.class,
    SecurityFilterAutoConfiguration.class,
    SslAutoConfiguration.class
})
@Import(SecurityConfiguration.class)
class SecuritySlice {

    @Bean
    Directory directory() throws IOException {
        return new DirectoryFiles(
                        new ClassPathResource("adapters/"),
                        new ClassPathResource("schemas/"),
                        true,
                        Duration.ofSeconds(30))
                .read();
    }

    @Bean
    SecuritySettings securitySettings(@Nullable @Value("${hub.security.identities:#{null}}") Resource identities) {
        return new SecuritySettings(
                identities,
                new FailureSettings(5, 30, Duration.ofMinutes(1)),
                new SessionSettings(Duration.ofMinutes(30), Duration.ofHours(12)));
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    MeterRegistry meters() {
        return new SimpleMeterRegistry();
    }

    @Bean
    ServletRegistrationBean<HttpServlet> whoAmI() {
        var servlet = new HttpServlet() {
            private static final long serialVersionUID = 1L;

            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
                response.getWriter()
                        .print(
                                request.getUserPrincipal() == null
                                        ? "nobody"
                                        : request.getUserPrincipal().getName());
            }
        };
        return new ServletRegistrationBean<>(servlet, "/ws/*", "/interboss", "/api/*", "/sim/*", "/actuator/*");
    }
}
