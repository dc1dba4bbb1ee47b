package org.relayhub.directory;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A file of the directory is broken. The message is a sentence that says where, for whoever wrote the file. */
public final class DirectoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DirectoryException(String sentence) {
        this(sentence, null);
    }

    DirectoryException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }

    /** Has the start end with the sentence instead of a stack trace. */
    static final class Analyzer extends AbstractFailureAnalyzer<DirectoryException> {

        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, DirectoryException cause) {
            return new FailureAnalysis(
                    cause.getMessage() + ".",
                    "Mend the file; the head of adapters/parties.yaml and docs/operations.md say what may stand in it.",
                    cause);
        }
    }
}
