package org.relayhub.spquality.intake.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.relayhub.spquality.file.Sender;

class TurnsTest {

    private final Turns turns = new Turns();

    private long look(String sender, int first, int files) {
        return IntStream.range(first, first + files)
                .filter(index -> {
                    turns.come(index);
                    return turns.take(new Sender(sender));
                })
                .count();
    }

    @Test
    void who_drops_thousands_does_not_hold_up_the_others() {
        assertThat(look("CRM-100", 0, 2_000)).isEqualTo(Turns.FILES_A_LOOK);
        assertThat(look("CRM-250", 2_000, 1)).isEqualTo(1);
        assertThat(look("CRM-100", 0, 1_980)).as("the next look").isEqualTo(Turns.FILES_A_LOOK);
    }
}
