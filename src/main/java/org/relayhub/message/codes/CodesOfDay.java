package org.relayhub.message.codes;

import java.time.Clock;
import java.time.LocalDate;
import java.util.IdentityHashMap;
import java.util.Map;
import org.relayhub.message.Serial;

/**
 * The dated codes by which one document is judged: those of one day of China time, each table as it was when it was first
 * asked. So all values of a document are judged alike, whatever is replaced meanwhile. For one thread.
 */
public final class CodesOfDay {

    private final LocalDate day;
    private final Map<DatedCodes<?>, DatedTable<?>> tables = new IdentityHashMap<>(2);

    public CodesOfDay(Clock clock) {
        this.day = Serial.day(clock.instant());
    }

    public LocalDate day() {
        return day;
    }

    public DatedTable<?> of(DatedCodes<?> codes) {
        return tables.computeIfAbsent(codes, DatedCodes::now);
    }
}
