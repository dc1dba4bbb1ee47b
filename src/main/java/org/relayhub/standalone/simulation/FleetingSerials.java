package org.relayhub.standalone.simulation;

import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.relayhub.message.Party;
import org.relayhub.message.Serial;

/** Serials of answers that nobody keeps, made without the database: unlike one another, and those of any other run. */
final class FleetingSerials {

    private static final int RADIX = 36;

    /** As many as four digits of that radix count. */
    private static final int RUNS = 36 * 36 * 36 * 36;

    /** As many as five digits of it count: more than any second sees. */
    private static final long NUMBERS = 36L * RUNS;

    private final String run = digits(ThreadLocalRandom.current().nextInt(RUNS), 4);
    private final AtomicLong last = new AtomicLong();

    /** At most 30 characters, of which the first name the party. */
    String next(Party party, Instant now) {
        String number = digits(last.incrementAndGet() % NUMBERS, 5);
        return party.domain() + party.node() + Serial.compactTime(now) + run + number;
    }

    private static String digits(long number, int length) {
        String text = Long.toString(number, RADIX).toUpperCase(java.util.Locale.ROOT);
        return "0".repeat(length - text.length()) + text;
    }
}
