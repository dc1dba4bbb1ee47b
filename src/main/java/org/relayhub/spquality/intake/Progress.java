package org.relayhub.spquality.intake;

import java.io.IOException;
import org.relayhub.spquality.file.Line;
import org.relayhub.spquality.file.RowWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says of a long file how far it is. */
final class Progress implements RowWriter {

    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
    private static final int SAID_EVERY = 1_000_000;

    private final String name;
    private final RowWriter next;
    private long records;

    Progress(String name, RowWriter next) {
        this.name = name;
        this.next = next;
    }

    @Override
    public void write(long number, Line line) throws IOException {
        next.write(number, line);
        records++;
        if (records % SAID_EVERY == 0) {
            LOG.info("{}: {} records checked and copied so far", name, records);
        }
    }
}
