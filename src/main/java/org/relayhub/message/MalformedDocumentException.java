package org.relayhub.message;

/** What came is no XML that can be read: there is no document to answer, only a fault to send. */
public final class MalformedDocumentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param reason what is wrong and where, without a value of the document */
    public MalformedDocumentException(String reason) {
        super(reason);
    }
}
