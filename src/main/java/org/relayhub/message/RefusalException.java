package org.relayhub.message;

/** A document is refused with a code; nothing has been changed. */
public class RefusalException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Fault fault;

    public RefusalException(Fault fault) {
        super(fault.loggable(), null, false, false);
        this.fault = fault;
    }

    public RefusalException(String code, String description) {
        this(new Fault(code, description));
    }

    public final Fault fault() {
        return fault;
    }
}
