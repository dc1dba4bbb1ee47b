package org.relayhub.spquality.intake.folder;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Handler;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.relayhub.spquality.intake.Decision;
import org.relayhub.spquality.intake.Drop;
import org.relayhub.spquality.intake.FileIntake;
import org.relayhub.spquality.intake.PrintableFileName;
import org.relayhub.spquality.intake.ReplacedFileException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the routes do with a dropped file: take it in, and say what became of it. */
public final class Receipts {

    private static final Logger LOG = LoggerFactory.getLogger(Receipts.class);

    private final FileIntake intake;
    private final Clock clock;

    Receipts(FileIntake intake, Clock clock) {
        this.intake = intake;
        this.clock = clock;
    }

    /** Takes the dropped file in. The body becomes its receipt, and the header {@code CamelFileName} the receipt's place. */
    @Handler
    public void take(Exchange exchange) throws IOException {
        Drop drop = exchange.getProperty(DropStrategy.DROP, Drop.class);
        write(exchange, drop, intake.take(drop, exchange.getMessage().getBody(InputStream.class)));
    }

    /** Refuses a file that must not be touched. */
    public void refuse(Exchange exchange) throws IOException {
        Drop drop = StrangeFiles.drop(dropped(exchange), clock.instant());
        write(exchange, drop, intake.refuse(drop));
    }

    private static void write(Exchange exchange, Drop drop, Decision decision) {
        exchange.setProperty(DropStrategy.DECISION, decision);
        exchange.getMessage().setBody(decision.receipt());
        exchange.getMessage().setHeader(Exchange.FILE_NAME, UploadFolder.receipt(drop, decision));
    }

    /** A refused file is left where it is, and has its receipt. */
    public void leave(Exchange exchange) {
        intake.settle(exchange.getProperty(DropStrategy.DECISION, Decision.class));
    }

    /** A file could not be taken in now: nothing was decided, and the next poll looks at it again. */
    public void fail(Exchange exchange) {
        Throwable failure = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
        Throwable cause = failure;
        while (cause != null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        exchange.removeProperty(DropStrategy.DECISION);
        String name = PrintableFileName.of(dropped(exchange).getFileNameOnly());
        if (cause instanceof ReplacedFileException) {
            LOG.info("{} was replaced by its sender and is looked at again", name);
            return;
        }
        LOG.warn("{} could not be taken in and is looked at again: {}", name, String.valueOf(cause));
        LOG.debug("In detail", failure);
    }

    @SuppressWarnings("unchecked")
    private static GenericFile<SftpRemoteFile> dropped(Exchange exchange) {
        return exchange.getProperty(ExchangePropertyKey.FILE_EXCHANGE_FILE, GenericFile.class);
    }
}
