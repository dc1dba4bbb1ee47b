package org.relayhub;

import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.Order;

/** Has a start that meets a setting which is not there end with a sentence that names it, and where it stands. */
@Order(0)
final class UnknownSettingAnalyzer extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
        var unknown = new TreeSet<>(cause.getUnboundProperties());
        return new FailureAnalysis(
                unknown.stream().map(UnknownSettingAnalyzer::sentence).collect(Collectors.joining("\n")),
                "docs/operations.md names all settings.",
                cause);
    }

    private static String sentence(ConfigurationProperty property) {
        return "There is no setting " + property.getName()
                + (property.getOrigin() == null ? "." : ", as in " + property.getOrigin() + ".");
    }
}
