package org.relayhub.diagnosis.alarm;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.relayhub.message.Body;

/** The step of the route {@code alarms}: what a network platform has published. */
public final class AlarmIntake {

    private final AlarmBook book;
    private final MeterRegistry meters;
    private final Clock clock;

    public AlarmIntake(AlarmBook book, MeterRegistry meters, Clock clock) {
        this.book = book;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Books a message and counts it. Returns after the commit.
     *
     * @param element an {@code Alarm} that {@code alarm.xsd} allows
     */
    public void take(Body element) {
        Alarm alarm = Alarm.of(element, clock.instant());
        book.book(alarm);
        meters.counter("hub.alarms.received", "severity", alarm.severity().name())
                .increment();
    }
}
