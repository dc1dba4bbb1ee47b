package org.relayhub.delivery.presence;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** The hub does not start, because another one of its name works on the same database. */
final class NameTakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NameTakenException(String hub) {
        super("Another hub on this database is called " + hub + ", and it lives.");
    }

    /** Has the start end with two sentences instead of a stack trace. */
    static final class Analyzer extends AbstractFailureAnalyzer<NameTakenException> {

        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, NameTakenException cause) {
            return new FailureAnalysis(
                    cause.getMessage(), "Give each hub a name of its own (hub.name), or end the other one.", cause);
        }
    }
}
