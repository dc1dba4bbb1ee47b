package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayhub.security.login.FailureSettings;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class SecuritySettingsTest {

    private final ApplicationContextRunner hub = new ApplicationContextRunner()
            .withUserConfiguration(Settings.class)
            .withPropertyValues("hub.name=hub-1", "hub.home=.", "hub.routes=r/", "hub.adapters=a/", "hub.schemas=s/");

    @EnableConfigurationProperties(HubProperties.class)
    static class Settings {}

    @Test
    void fiveFailuresInAMinuteSlowACallerDownIfNothingElseIsSet() {
        hub.run(context -> assertThat(
                        context.getBean(HubProperties.class).security().failures())
                .isEqualTo(new FailureSettings(5, 30, Duration.ofMinutes(1))));
        hub.withPropertyValues("hub.security.failures.per-caller=3", "hub.security.failures.within=90s")
                .run(context -> assertThat(
                                context.getBean(HubProperties.class).security().failures())
                        .isEqualTo(new FailureSettings(3, 30, Duration.ofSeconds(90))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hub.security.failures.per-caller=0",
                "hub.security.failures.per-caller=30",
                "hub.security.failures.per-address=5",
                "hub.security.failures.within=0s",
                "hub.security.failures.within=-1m",
                "hub.security.failures.per-user=5"
            })
    void aLimitWithoutSenseStopsTheStart(String setting) {
        hub.withPropertyValues(setting).run(context -> assertThat(context).hasFailed());
    }
}
