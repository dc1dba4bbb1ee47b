package org.relayhub.ticket.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A ledger of the version before has its stories and serials after the migration. */
class StoriesFilledTest {

    private static final int MESSAGES = 50_000;

    private static FluentConfiguration migrations(EmbeddedPostgres server) {
        return Flyway.configure()
                .dataSource(server.getPostgresDatabase())
                .locations("filesystem:" + Path.of("schemas/database").toAbsolutePath());
    }

    @Test
    void what_is_there_already_has_its_story_and_its_serial_after_the_migration() throws Exception {
        try (EmbeddedPostgres server =
                EmbeddedPostgres.builder().setServerConfig("fsync", "off").start()) {
            migrations(server).target("13").load().migrate();
            var database = JdbcClient.create(server.getPostgresDatabase());
            // More than one batch, with a hole in the serials; every third message is about no ticket.
            database.sql("""
                            insert into message (sender, trans_ido, digest, received_at, activity, home, indict_seq,
                                                 transport, test, document, rsp_code, rsp_desc)
                            select 'CRM-250', 'T' || n, '', now(), 'dispatch', 'CSVC-000',
                                   case when n % 3 > 0 then 'S' || n / 3 end, 'soap', false, '', '0000', ''
                              from generate_series(1, :messages) n
                            """).param("messages", MESSAGES).update();
            database.sql("delete from message where serial between 10 and 20").update();
            database.sql("""
                            insert into delivery (serial, party, next_try_at, created_at)
                            select serial, 'CSVC-000', now(), now() from message
                            """).update();
            database.sql("""
                            insert into attempt (delivery_id, attempt, hub, at, millis, code, description)
                            select delivery_id, 1, 'hub-1', now(), 1, '0000', '' from delivery
                            """).update();
            database.sql("""
                            insert into handling (serial, platform, state, called_at, answer_until)
                            select serial, 'MVID-000', 'answered', now(), now() from message where serial % 100 = 0
                            """).update();

            migrations(server).load().migrate();

            assertThat(database.sql("""
                            select count(*)
                              from message m
                              join received_serial r using (sender, trans_ido, serial, story)
                              join delivery d using (serial, story)
                              join attempt a using (delivery_id, story)
                              left join handling h using (serial)
                             where m.story = coalesce(m.indict_seq, 'CRM-250 ' || m.trans_ido)
                               and h.story is not distinct from case when m.serial % 100 = 0 then m.story end
                            """).query(Integer.class).single()).isEqualTo(MESSAGES - 11);
        }
    }
}
