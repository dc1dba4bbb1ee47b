package org.relayhub.oracle;

import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The database's clock, as hubs see it: a function {@code now()} of the test's own, which goes before the server's for whoever
 * connects with {@link #SEARCH_PATH}.
 */
final class DatabaseClock {

    /** A parameter of a hub's database address. */
    static final String SEARCH_PATH = "options=-c%20search_path=public,pg_catalog";

    private final JdbcClient database;

    DatabaseClock(DataSource database) {
        this.database = JdbcClient.create(database);
    }

    /** From now on the clock is ahead of the true time by this, or behind it. */
    void isAheadBy(Duration time) {
        database.sql("create or replace function public.now() returns timestamptz language sql stable as"
                        + " $$ select pg_catalog.now() + interval '" + time.toMillis() + " milliseconds' $$")
                .update();
    }
}
