package org.relayhub.diagnosis.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlarmSettingsTest {

    private static int breaches(String topic, Duration keepCleared) {
        try (ValidatorFactory validators = Validation.buildDefaultValidatorFactory()) {
            return validators
                    .getValidator()
                    .validate(new AlarmSettings(topic, keepCleared))
                    .size();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "network.alarms", "eoms-alarms_1"})
    void a_topic_has_a_name_or_is_none(String topic) {
        assertThat(breaches(topic, Duration.ofDays(7))).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hub.in.CRM-250", "hub.alarms", " ", "a b", "network.#", "a::b", "a?b=c"})
    void none_of_the_hubs_queues_and_nothing_that_is_no_name_is_a_topic(String topic) {
        assertThat(breaches(topic, Duration.ofDays(7))).isEqualTo(1);
    }

    @Test
    void a_cleared_alarm_is_kept_for_a_minute_at_least() {
        assertThat(breaches("", Duration.ofMinutes(1))).isZero();
        assertThat(breaches("", Duration.ofSeconds(59))).isEqualTo(1);
        assertThat(breaches("", Duration.ofDays(-7))).isEqualTo(1);
    }
}
