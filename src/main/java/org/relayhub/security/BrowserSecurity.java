package org.relayhub.security;

import static org.relayhub.security.SecurityConfiguration.path;

import jakarta.servlet.DispatcherType;
import java.time.Clock;
import java.util.stream.Stream;
import org.relayhub.security.login.BrowserChallenge;
import org.relayhub.security.login.LoginFailure;
import org.relayhub.security.session.OperatorSessions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.session.NullAuthenticatedSessionStrategy;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.CookieRequestCache;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;

/** Who may do what in a browser: the console, Hawtio and Jolokia. */
@Configuration(proxyBeanMethods = false)
class BrowserSecurity {

    private static final String VIEWER = Role.VIEWER.name();
    private static final String OPERATOR = Role.OPERATOR.name();

    /** The console's pages and what they load. */
    private static final RequestMatcher CONSOLE = new OrRequestMatcher(Stream.of(
                    "/",
                    "/login",
                    "/logout",
                    "/now/**",
                    "/tickets/**",
                    "/messages/**",
                    "/deliveries/**",
                    "/parties/**",
                    "/sp-month/**",
                    "/report/**",
                    "/audit/**",
                    "/assets/**",
                    "/webjars/**")
            .map(SecurityConfiguration::path)
            .toList());

    /** What is for programs, and whose callers are answered as programs are. */
    private static final RequestMatcher PROGRAMS =
            new OrRequestMatcher(Stream.of("/api/**", "/actuator/**", "/ws/**", "/interboss/**", "/sim/**")
                    .map(SecurityConfiguration::path)
                    .toList());

    /** What a page of the console may load: what comes from the hub, and nothing that is written into a page. */
    private static final String PAGES = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /** Hawtio and Jolokia are called by pages in a browser, so a change needs the token that only those pages know. */
    @Bean
    @Order(1)
    SecurityFilterChain browserTools(HttpSecurity http, OperatorSessions sessions) throws Exception {
        http.securityMatcher(new OrRequestMatcher(path("/actuator/hawtio/**"), path("/actuator/jolokia/**")));
        SecurityConfiguration.basic(http, new BrowserChallenge());
        http.requestCache(cache -> cache.requestCache(wanted()));
        return http.securityContext(context -> context.securityContextRepository(sessions.reading()))
                .csrf(csrf -> csrf.csrfTokenRepository(csrfCookie())
                        .csrfTokenRequestHandler(csrfToken())
                        // Each request logs in anew here; Hawtio reads the token once, so it must not change with it.
                        .sessionAuthenticationStrategy(new NullAuthenticatedSessionStrategy()))
                .authorizeHttpRequests(
                        rights -> rights.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                                .permitAll()
                                .requestMatchers(path("/actuator/hawtio/proxy/enabled"))
                                .hasRole(VIEWER)
                                .requestMatchers(path("/actuator/hawtio/proxy/**"))
                                .denyAll()
                                .requestMatchers(path(HttpMethod.GET, "/actuator/hawtio/**"))
                                .hasRole(VIEWER)
                                // Hawtio's pages call Jolokia below their own path.
                                .requestMatchers(path(HttpMethod.POST, "/actuator/hawtio/jolokia/**"))
                                .hasRole(VIEWER)
                                .requestMatchers(path(HttpMethod.GET, "/actuator/jolokia/**"))
                                .hasRole(VIEWER)
                                .requestMatchers(path(HttpMethod.POST, "/actuator/jolokia/**"))
                                .hasRole(VIEWER)
                                .anyRequest()
                                .denyAll())
                .build();
    }

    /** The console: pages for people who have logged in at its own page. */
    @Bean
    @Order(2)
    SecurityFilterChain console(HttpSecurity http, OperatorSessions sessions) throws Exception {
        var challenge = new BrowserChallenge();
        return http.securityMatcher(CONSOLE)
                .securityContext(context -> context.securityContextRepository(sessions))
                .requestCache(cache -> cache.requestCache(wanted()))
                .formLogin(form -> form.loginPage(BrowserChallenge.LOGIN).failureHandler(new LoginFailure()))
                .logout(logout -> logout.logoutSuccessUrl(BrowserChallenge.LOGIN + "?note=out"))
                .exceptionHandling(failures -> failures.authenticationEntryPoint(challenge))
                .csrf(csrf -> csrf.csrfTokenRepository(csrfCookie()).csrfTokenRequestHandler(csrfToken()))
                .headers(BrowserSecurity::pages)
                .authorizeHttpRequests(rights -> rights.dispatcherTypeMatchers(
                                DispatcherType.ERROR, DispatcherType.FORWARD, DispatcherType.ASYNC)
                        .permitAll()
                        .requestMatchers(path(HttpMethod.GET, "/assets/**"), path(HttpMethod.GET, "/webjars/**"))
                        .permitAll()
                        .requestMatchers(path(HttpMethod.GET, BrowserChallenge.LOGIN))
                        .permitAll()
                        .requestMatchers(path(HttpMethod.GET, "/**"))
                        .hasRole(VIEWER)
                        .requestMatchers(path(HttpMethod.POST, "/deliveries/**"), path(HttpMethod.POST, "/parties/**"))
                        .hasRole(OPERATOR)
                        .anyRequest()
                        .denyAll())
                .build();
    }

    /** Where nothing is: whoever reads the console is told so, by a page like its others; nobody gets anything. */
    @Bean
    @Order(3)
    SecurityFilterChain nowhere(HttpSecurity http, OperatorSessions sessions) throws Exception {
        RequestMatcher reading = path(HttpMethod.GET, "/**");
        return http.securityMatcher(request ->
                        reading.matches(request) && !PROGRAMS.matches(request) && sessions.containsContext(request))
                .securityContext(context -> context.securityContextRepository(sessions.reading()))
                .csrf(csrf -> csrf.csrfTokenRepository(csrfCookie()).csrfTokenRequestHandler(csrfToken()))
                .headers(BrowserSecurity::pages)
                .exceptionHandling(
                        failures -> failures.accessDeniedHandler((request, response, refusal) -> response.sendError(
                                (request.isUserInRole(VIEWER) ? HttpStatus.NOT_FOUND : HttpStatus.FORBIDDEN).value())))
                .authorizeHttpRequests(rights -> rights.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .build();
    }

    private static void pages(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(PAGES))
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN));
    }

    /** The token by which a page proves that it is the hub's. Hawtio's pages read it from the cookie. */
    static CookieCsrfTokenRepository csrfCookie() {
        var cookie = CookieCsrfTokenRepository.withHttpOnlyFalse();
        cookie.setCookieCustomizer(settings -> settings.sameSite("Strict"));
        return cookie;
    }

    /** Pages are not compressed, so that the token in them needs no masking; the cookie is set before a page asks for it. */
    static CsrfTokenRequestAttributeHandler csrfToken() {
        var handler = new CsrfTokenRequestAttributeHandler();
        handler.setCsrfRequestAttributeName(null);
        return handler;
    }

    /** Which page somebody wanted before the login: in a cookie, for nobody gets a session before. */
    private static CookieRequestCache wanted() {
        var cache = new CookieRequestCache();
        RequestMatcher page = BrowserChallenge.page();
        cache.setRequestMatcher(request -> request.getMethod().equals("GET") && page.matches(request));
        return cache;
    }

    @Bean
    OperatorSessions operatorSessions(Identities identities, SecuritySettings settings, Clock clock) {
        return new OperatorSessions(identities, settings.sessions().longest(), clock);
    }

    @Bean
    SessionRepositoryCustomizer<JdbcIndexedSessionRepository> idleSessions(SecuritySettings settings) {
        return sessions ->
                sessions.setDefaultMaxInactiveInterval(settings.sessions().idle());
    }

    /** The console's cookie: a link from elsewhere leads to the page, and nothing else is done by it. */
    @Bean
    CookieSerializer sessionCookie() {
        var cookie = new DefaultCookieSerializer();
        cookie.setCookieName("relay-hub-session");
        cookie.setSameSite("Lax");
        return cookie;
    }
}
