package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.relayhub.directory.DirectorySettings;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.diagnostics.FailureAnalysis;

class UnknownSettingAnalyzerTest {

    @Test
    void each_setting_that_is_not_there_is_named_in_a_sentence() {
        var settings = new Binder(new MapConfigurationPropertySource(Map.of(
                "hub.directory.check-every", "1s", "hub.directory.chek-every", "1s", "hub.directory.often", "2")));
        Throwable failure = catchThrowable(() -> settings.bind(
                "hub.directory",
                Bindable.of(DirectorySettings.class),
                new NoUnboundElementsBindHandler(BindHandler.DEFAULT)));

        FailureAnalysis analysis = new UnknownSettingAnalyzer().analyze(failure);

        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("There is no setting hub.directory.chek-every"),
                        line -> assertThat(line).startsWith("There is no setting hub.directory.often"));
    }
}
