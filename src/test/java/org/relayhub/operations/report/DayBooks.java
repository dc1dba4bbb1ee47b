package org.relayhub.operations.report;

import java.time.Clock;
import java.util.List;
import org.relayhub.Messages;
import org.relayhub.message.codes.CodeTable;
import org.relayhub.message.codes.ResponseCodes;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Day books of tests elsewhere. */
public final class DayBooks {

    private DayBooks() {}

    /** One of a single province. */
    public static DayBook of(JdbcClient database, TransactionTemplate transaction, Clock clock) {
        return new DayBook(
                database,
                transaction,
                new ProvinceCounts(
                        database,
                        Messages.CODES,
                        new ResponseCodes(CodeTable.read(Messages.SCHEMAS, "response-codes"))),
                new Subscribers(
                        CodeTable.parse("subscribers", "code,subscribers\n250,40000\n".getBytes()), List.of("250")),
                clock);
    }
}
