package org.relayhub.security;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import org.jolokia.server.core.restrictor.policy.PolicyRestrictor;
import org.jolokia.server.core.service.api.Restrictor;
import org.relayhub.directory.Directory;
import org.relayhub.security.login.CertificateProof;
import org.relayhub.security.login.LoginChallenge;
import org.relayhub.security.login.PasswordLogin;
import org.relayhub.security.login.RememberingPasswordEncoder;
import org.relayhub.security.session.OperatorSessions;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Profile;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.preauth.x509.X509AuthenticationFilter;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Who may call what. What is not named here is denied. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
@Import(BrowserSecurity.class)
class SecurityConfiguration {

    private static final String VIEWER = Role.VIEWER.name();
    /** The schema files of the WSDL; what else is asked for by ?xsd= is none of it. */
    private static final Set<String> SCHEMAS = Set.of("interboss.xsd", "bodies.xsd", "types.xsd");

    private static final String OPERATOR = Role.OPERATOR.name();

    /** What parties send, and the only place where a client certificate counts. */
    @Bean
    @Order(4)
    SecurityFilterChain parties(HttpSecurity http, Identities identities) throws Exception {
        http.securityMatcher(
                new OrRequestMatcher(path(HttpMethod.POST, "/ws/interboss"), path(HttpMethod.POST, "/interboss")));
        program(http);
        // No cookie counts here, so there is nothing to forge.
        return http.csrf(AbstractHttpConfigurer::disable)
                .x509(certificates -> certificates
                        .x509PrincipalExtractor(CertificateProof::user)
                        .userDetailsService(identities::loadParty))
                .addFilterAfter(new CertificateProof(new LoginChallenge()), X509AuthenticationFilter.class)
                .authorizeHttpRequests(rights -> rights.anyRequest().hasRole(Role.PARTY.name()))
                .build();
    }

    /** What other programs call. */
    @Bean
    @Order(5)
    SecurityFilterChain programs(HttpSecurity http, OperatorSessions sessions) throws Exception {
        program(http);
        return http.securityContext(context -> context.securityContextRepository(sessions.reading()))
                // Who is here by the console's session proves that the console's page has sent it.
                .csrf(csrf -> csrf.csrfTokenRepository(BrowserSecurity.csrfCookie())
                        .csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler())
                        .requireCsrfProtectionMatcher(
                                request -> request.getMethod().equals("POST")
                                        && request.getHeader(HttpHeaders.AUTHORIZATION) == null
                                        && sessions.containsContext(request)))
                .authorizeHttpRequests(
                        rights -> rights.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                                .permitAll()
                                .requestMatchers(contract())
                                .permitAll()
                                .requestMatchers(path("/sim/**"))
                                .hasRole(Role.HUB.name())
                                .requestMatchers(path(HttpMethod.GET, "/api/**"))
                                .hasRole(VIEWER)
                                .requestMatchers(path(HttpMethod.POST, "/api/**"))
                                .hasRole(OPERATOR)
                                .requestMatchers(path(HttpMethod.GET, "/actuator/health/**"))
                                .permitAll()
                                .requestMatchers(path(HttpMethod.GET, "/actuator/prometheus"))
                                .hasRole(VIEWER)
                                // What the hub is made of says where to look for a hole.
                                .requestMatchers(path(HttpMethod.GET, "/actuator/sbom/**"))
                                .hasRole(Role.ADMIN.name())
                                .anyRequest()
                                .denyAll())
                .build();
    }

    private static void program(HttpSecurity http) throws Exception {
        basic(http, new LoginChallenge());
        http.headers(headers -> headers.contentSecurityPolicy(
                        policy -> policy.policyDirectives("default-src 'none'; frame-ancestors 'none'"))
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)));
    }

    static void basic(HttpSecurity http, AuthenticationEntryPoint challenge) throws Exception {
        http.httpBasic(basic -> basic.authenticationEntryPoint(challenge))
                .exceptionHandling(failures -> failures.authenticationEntryPoint(challenge))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable);
    }

    static RequestMatcher path(String pattern) {
        return PathPatternRequestMatcher.withDefaults().matcher(pattern);
    }

    static RequestMatcher path(HttpMethod method, String pattern) {
        return PathPatternRequestMatcher.withDefaults().matcher(method, pattern);
    }

    /** The WSDL and the schemas that it includes are open to all. */
    private static RequestMatcher contract() {
        RequestMatcher endpoint = path(HttpMethod.GET, "/ws/interboss");
        return request -> {
            Map<String, String[]> parameters = request.getParameterMap();
            // One question with one value: whoever reads it behind must not find another.
            if (!endpoint.matches(request) || parameters.size() != 1) {
                return false;
            }
            String name = parameters.keySet().iterator().next();
            String[] values = parameters.get(name);
            return values != null
                    && values.length == 1
                    && (name.equals("wsdl") ? values[0].isEmpty() : name.equals("xsd") && SCHEMAS.contains(values[0]));
        };
    }

    /** Paths have no parameters here; one would be read differently by the parts that look at it. */
    @Bean
    FilterRegistrationBean<PlainPaths> plainPaths() {
        var registration = new FilterRegistrationBean<>(new PlainPaths());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    /** The time by which passwords are remembered, and failed logins. */
    @Bean
    Ticker loginTicker() {
        return Ticker.systemTicker();
    }

    @Bean
    PasswordEncoder passwordEncoder(Ticker loginTicker) {
        return new RememberingPasswordEncoder(PasswordEncoderFactories.createDelegatingPasswordEncoder(), loginTicker);
    }

    /** The one way by which a password proves anybody, in every chain. */
    @Bean
    AuthenticationProvider passwordLogin(
            Identities identities,
            PasswordEncoder encoder,
            SecuritySettings settings,
            Ticker loginTicker,
            MeterRegistry meters) {
        var passwords = new DaoAuthenticationProvider(identities);
        passwords.setPasswordEncoder(encoder);
        return new PasswordLogin(passwords, settings.failures(), loginTicker, meters);
    }

    @Bean
    @Profile("standalone")
    Identities demoIdentities(Directory directory, PasswordEncoder encoder) {
        return Identities.demo(directory, encoder);
    }

    @Bean
    @Profile("!standalone")
    Identities identities(SecuritySettings settings, PasswordEncoder encoder) {
        Resource file = settings.identities();
        if (file == null) {
            throw new UnsafeIdentitiesException(
                    "The setting hub.security.identities is missing: nobody could call the hub.");
        }
        return new IdentitiesFile(file, encoder).read();
    }

    /** Before any part is made, so that none connects with an unsafe password. */
    @Bean
    static BeanFactoryPostProcessor safeSettings(Environment environment) {
        return parts -> new OwnPasswords(environment).checkSettings();
    }

    @Bean
    OwnPasswords ownPasswords(Environment environment) {
        return new OwnPasswords(environment);
    }

    @Bean
    InitializingBean safePartyPasswords(OwnPasswords own, Directory directory) {
        return () -> own.checkParties(directory.parties());
    }

    @Bean
    InitializingBean safeIssuers(Environment environment, ObjectProvider<SslBundles> bundles) {
        return () -> CertificateIssuers.check(environment, bundles);
    }

    @Bean
    Restrictor jolokiaRights(ResourceLoader resources) throws IOException {
        try (InputStream policy =
                resources.getResource("classpath:jolokia-access.xml").getInputStream()) {
            return new JolokiaRights(new PolicyRestrictor(policy));
        }
    }
}
