package org.relayhub.security;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** The hub does not start, because it could not tell who calls it. The message is a sentence for whoever starts it. */
final class UnsafeIdentitiesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnsafeIdentitiesException(String sentence) {
        this(sentence, null);
    }

    UnsafeIdentitiesException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }

    /** Has the start end with the sentence instead of a stack trace. */
    static final class Analyzer extends AbstractFailureAnalyzer<UnsafeIdentitiesException> {

        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, UnsafeIdentitiesException cause) {
            return new FailureAnalysis(
                    cause.getMessage(),
                    "Let hub.security.identities name a CSV file with the columns user, role and password_hash"
                            + " ({bcrypt}…), or start with the profile standalone to try the hub out.",
                    cause);
        }
    }
}
