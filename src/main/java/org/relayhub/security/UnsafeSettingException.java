package org.relayhub.security;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** The hub does not start, because a setting would leave a door open. */
final class UnsafeSettingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * @param sentence what is unsafe, for whoever starts the hub
     * @param remedy what to do about it, likewise a sentence
     */
    UnsafeSettingException(String sentence, String remedy) {
        super(sentence);
        this.remedy = remedy;
    }

    /** Has the start end with both sentences instead of a stack trace. */
    static final class Analyzer extends AbstractFailureAnalyzer<UnsafeSettingException> {

        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, UnsafeSettingException cause) {
            return new FailureAnalysis(cause.getMessage(), cause.remedy, cause);
        }
    }
}
