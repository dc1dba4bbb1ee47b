package org.relayhub.delivery.lane;

/** A party cannot be asked now, because enough is under way to it already. */
final class PartyBusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PartyBusyException(String reason) {
        super(reason, null, false, false);
    }
}
