package org.relayhub.spquality.national;

import java.time.YearMonth;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends what SIMS lacks, month by month; one that fails keeps no other back. */
public final class NationalSending {

    private final NationalFiles files;
    private final boolean connected;
    private final Consumer<YearMonth> send;

    /**
     * @param connected whether there is a server to which SIMS comes
     * @param send brings the file of a month there; fails if it is away
     */
    public NationalSending(NationalFiles files, boolean connected, Consumer<YearMonth> send) {
        this.files = files;
        this.connected = connected;
        this.send = send;
    }

    /** @throws RuntimeException the first failure, after all months were tried */
    public void sendDue() {
        if (!connected) {
            return;
        }
        @Nullable RuntimeException failure = null;
        for (YearMonth month : files.due()) {
            try {
                send.accept(month);
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
