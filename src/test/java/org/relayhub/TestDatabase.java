package org.relayhub;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A real PostgreSQL with the ledger's tables, one for all tests of a run; each test begins with them empty. */
public final class TestDatabase {

    private static final TestDatabase SHARED = start();

    private final HikariDataSource dataSource;

    private TestDatabase(HikariDataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The database, emptied. */
    public static TestDatabase empty() {
        SHARED.client()
                .sql(
                        // As a replica would: the audit's own trigger keeps it otherwise.
                        "set session_replication_role = replica;"
                                + " truncate message, received_serial, archive, handling, ticket, leg, delivery, attempt, refusal, audit, suspension, alarm,"
                                + " sp_file, sp_record, sp_statement, sp_national, sp_national_fault, scheduled_tasks, province_day,"
                                + " spring_session, probe, hub restart identity cascade; set session_replication_role = origin")
                .update();
        SHARED.client().sql("update sp_book set change = 0").update();
        return SHARED;
    }

    private static TestDatabase start() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder().start();
            var pool = new HikariDataSource();
            pool.setJdbcUrl(server.getJdbcUrl("postgres", "postgres"));
            pool.setMaximumPoolSize(60);
            pool.setMinimumIdle(1);
            Flyway.configure()
                    .dataSource(pool)
                    .locations("filesystem:" + Path.of("schemas/database").toAbsolutePath())
                    .load()
                    .migrate();
            return new TestDatabase(pool);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where another process finds it. */
    public String url() {
        return dataSource.getJdbcUrl();
    }

    public DataSource dataSource() {
        return dataSource;
    }

    public JdbcClient client() {
        return JdbcClient.create(dataSource);
    }

    public TransactionTemplate transaction() {
        return new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }
}
