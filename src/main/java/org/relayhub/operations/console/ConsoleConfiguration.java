package org.relayhub.operations.console;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.relayhub.message.codes.ResponseCodes;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;
import org.springframework.web.servlet.i18n.LocaleChangeInterceptor;

/** The console's pages, and in which language they speak. */
@Configuration(proxyBeanMethods = false)
@Import({Shell.class, PageProblems.class, LoginPage.class, DeliveryPages.class, PartyPages.class, AuditPage.class})
class ConsoleConfiguration implements WebMvcConfigurer {

    @Bean
    Show show(Clock clock, ResponseCodes codes, MessageSource words) {
        return new Show(clock, codes, words);
    }

    /** Chinese, unless a reader has chosen otherwise. */
    @Bean
    LocaleResolver localeResolver() {
        var chosen = new CookieLocaleResolver("relay-hub-language") {
            @Override
            protected Locale parseLocaleValue(String value) {
                return language(value);
            }
        };
        chosen.setDefaultLocale(Locale.CHINESE);
        chosen.setCookieMaxAge(Duration.ofDays(365));
        chosen.setCookieHttpOnly(true);
        chosen.setCookieSameSite("Lax");
        return chosen;
    }

    /** Whatever a cookie or a link may say. */
    private static Locale language(String value) {
        return value.equals("en") ? Locale.ENGLISH : Locale.CHINESE;
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        var change = new LocaleChangeInterceptor() {
            @Override
            protected Locale parseLocaleValue(String value) {
                return language(value);
            }
        };
        change.setHttpMethods("GET");
        change.setParamName("lang");
        interceptors.addInterceptor(change);
    }

    /** What does not change with the hub is kept by the browser; the console's own files are asked for again. */
    @Override
    public void addResourceHandlers(ResourceHandlerRegistry resources) {
        resources
                .addResourceHandler("/assets/**")
                .addResourceLocations("classpath:/assets/")
                .setCacheControl(CacheControl.noCache());
    }
}
