package org.relayhub.spquality.intake.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.relayhub.spquality.SpFiles.SetClock;

/** How long a file without companion waits. */
class UnaccompaniedTest {

    private static final String FILE = "CRM-250/SPQ_250_201209_001.txt";

    private final SetClock clock = new SetClock("2012-10-05T09:00:00+08:00");
    private final Unaccompanied unaccompanied = new Unaccompanied(Duration.ofHours(1), clock);

    @Test
    void it_waits_an_hour_from_when_it_was_first_seen() {
        assertThat(unaccompanied.isForlorn(FILE, 100, 1)).isFalse();
        clock.set("2012-10-05T09:59:59+08:00");
        assertThat(unaccompanied.isForlorn(FILE, 100, 1)).isFalse();
        clock.set("2012-10-05T10:00:00+08:00");
        assertThat(unaccompanied.isForlorn(FILE, 100, 1)).isTrue();
    }

    @Test
    void one_that_is_being_written_waits_anew() {
        assertThat(unaccompanied.isForlorn(FILE, 100, 1)).isFalse();
        clock.set("2012-10-05T09:59:59+08:00");
        assertThat(unaccompanied.isForlorn(FILE, 200, 1)).isFalse();
        clock.set("2012-10-05T10:30:00+08:00");
        assertThat(unaccompanied.isForlorn(FILE, 200, 1)).isFalse();
    }

    @Test
    void another_of_that_name_and_size_waits_anew_though_another_hub_took_the_first() {
        assertThat(unaccompanied.isForlorn(FILE, 100, 1)).isFalse();
        clock.set("2012-11-05T09:00:00+08:00");
        assertThat(unaccompanied.isForlorn(FILE, 100, 2)).isFalse();
    }

    @Test
    void one_that_had_its_companion_is_forgotten() {
        assertThat(unaccompanied.isForlorn(FILE, 100, 1)).isFalse();
        unaccompanied.forget(FILE);
        clock.set("2012-10-05T10:00:00+08:00");
        assertThat(unaccompanied.isForlorn(FILE, 100, 1)).isFalse();
    }
}
