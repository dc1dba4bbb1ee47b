package org.relayhub.message.codes;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * A file that an operator may change is broken: a code table, or {@code parties.yaml}. The message is a sentence without
 * its full stop that says where, for whoever wrote the file.
 */
public final class BrokenFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BrokenFileException(String sentence) {
        this(sentence, null);
    }

    public BrokenFileException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }

    /** Has the start end with the sentence instead of a stack trace. */
    static final class Analyzer extends AbstractFailureAnalyzer<BrokenFileException> {

        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, BrokenFileException cause) {
            return new FailureAnalysis(
                    cause.getMessage() + ".",
                    "Mend the file; docs/operations.md says what may stand in it, and the head of adapters/parties.yaml"
                            + " what may stand there.",
                    cause);
        }
    }
}
