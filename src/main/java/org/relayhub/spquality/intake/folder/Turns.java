package org.relayhub.spquality.intake.folder;

import java.util.HashMap;
import java.util.Map;
import org.relayhub.spquality.file.Sender;

/** How many files of a sender one look takes: who drops thousands lets the others' come in between. */
final class Turns {

    /** A province has a file or two a month; its corrections are few. */
    static final int FILES_A_LOOK = 20;

    private final Map<Sender, Integer> taken = new HashMap<>();

    /**
     * A file of a look comes.
     *
     * @param index Camel counts the files of a look from 0 on
     */
    synchronized void come(int index) {
        if (index == 0) {
            taken.clear();
        }
    }

    /** Takes one more of a sender's, or says that it has had its turn: the next look comes to it again. */
    synchronized boolean take(Sender sender) {
        return taken.merge(sender, 1, Integer::sum) <= FILES_A_LOOK;
    }
}
