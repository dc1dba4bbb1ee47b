package org.relayhub.delivery.presence;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Says in the database that this hub lives, and frees what others held that say so no more: long before their leases run out.
 * A hub that was only slow loses nothing by it: its claims' tokens are out of date, and what it sends once more has the
 * TransIDO that it had. Times are the database's.
 */
public final class Presence implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Presence.class);

    private final JdbcClient database;
    private final String hub;
    private final String run;
    private final PresenceSettings settings;
    private final Runnable nameLost;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "presence");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean running;

    /**
     * @param hub this hub's name
     * @param run what distinguishes this run of the hub from any other
     * @param nameLost ends this hub, because another has taken its name
     */
    public Presence(JdbcClient database, String hub, String run, PresenceSettings settings, Runnable nameLost) {
        this.database = database;
        this.hub = hub;
        this.run = run;
        this.settings = settings;
        this.nameLost = nameLost;
    }

    /**
     * Takes the name. Of a hub that was killed it is free when that one has missed what it would have said; so a start right
     * after waits for that. That it was missed is seen by what stands there, whatever the clock did meanwhile.
     *
     * @throws NameTakenException if another hub has said, while this one waited, that it lives
     */
    @Override
    public void start() {
        if (!take("")) {
            String before = lastWord();
            pause(quiet());
            if (!take(before)) {
                throw new NameTakenException(hub);
            }
        }
        running = true;
        long every = settings.sayEvery().toMillis();
        clock.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
    }

    /** What a hub of this name has said last, and which run of it; nothing if there is none. */
    private String lastWord() {
        return database.sql("select run || heard_at from hub where name = :hub")
                .param("hub", hub)
                .query(String.class)
                .optional()
                .orElse("");
    }

    /** @param unlessAfter the last word of a hub that has said no more since */
    private boolean take(String unlessAfter) {
        return database.sql("""
                        insert into hub (name, run, heard_at) values (:hub, :run, now())
                        on conflict (name) do update set run = excluded.run, heard_at = excluded.heard_at
                         where hub.run = :run or hub.heard_at < now() - :quiet * interval '1 millisecond'
                            or hub.run || hub.heard_at = :unlessAfter
                        """)
                        .param("hub", hub)
                        .param("run", run)
                        .param("quiet", quiet().toMillis())
                        .param("unlessAfter", unlessAfter)
                        .update()
                > 0;
    }

    /** In this time one that lives has spoken twice. */
    private Duration quiet() {
        return settings.sayEvery().multipliedBy(5).dividedBy(2);
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while another hub's name was waited for", e);
        }
    }

    private void look() {
        try {
            for (String silent : relieve()) {
                log.warn(
                        "Hub {} has not been heard of for {}: what it held is due again",
                        silent,
                        settings.silentAfter());
            }
            if (!say()) {
                log.error("Another hub has taken the name {}: this one ends. No two on one database may share it", hub);
                clock.shutdown();
                nameLost.run();
            }
        } catch (DataAccessException e) {
            log.warn(
                    "This hub cannot say that it lives: {}",
                    e.getMostSpecificCause().getMessage());
        } catch (RuntimeException e) {
            // Whatever it was, the next turn says it again.
            log.error("A turn of the presence failed", e);
        }
    }

    /**
     * Frees what silent hubs held, unless this one has been silent as well: then the database was away, or its clock has
     * jumped, and the others are as alive as this.
     *
     * @return who was silent
     */
    List<String> relieve() {
        List<String> silent = database.sql("""
                        select name from hub
                         where heard_at < now() - :silentAfter * interval '1 millisecond'
                           and exists (
                               select from hub self
                                where self.name = :hub and self.run = :run
                                  and self.heard_at >= now() - :silentAfter * interval '1 millisecond')
                         order by name
                        """)
                .param("silentAfter", settings.silentAfter().toMillis())
                .param("hub", hub)
                .param("run", run)
                .query(String.class)
                .list();
        if (!silent.isEmpty()) {
            // In this order: who dies in between leaves a name that is still silent, for the next to look.
            database.sql("update delivery set next_try_at = now(), hub = null"
                            + " where state in ('pending', 'retrying') and hub in (:silent)")
                    .param("silent", silent)
                    .update();
            database.sql("""
                            delete from hub
                             where name in (:silent) and heard_at < now() - :silentAfter * interval '1 millisecond'
                            """)
                    .param("silent", silent)
                    .param("silentAfter", settings.silentAfter().toMillis())
                    .update();
        }
        return silent;
    }

    /**
     * Says that this hub lives; also when others have given it up meanwhile.
     *
     * @return whether it still has its name
     */
    boolean say() {
        return database.sql("""
                        insert into hub (name, run, heard_at) values (:hub, :run, now())
                        on conflict (name) do update set heard_at = excluded.heard_at where hub.run = :run
                        """).param("hub", hub).param("run", run).update() > 0;
    }

    /** After all that this hub had under way: nobody needs to wait for it. */
    @Override
    public void stop() {
        running = false;
        clock.shutdownNow();
        try {
            database.sql("delete from hub where name = :hub and run = :run")
                    .param("hub", hub)
                    .param("run", run)
                    .update();
        } catch (DataAccessException e) {
            log.info(
                    "The others will find out by themselves that this hub has ended: {}",
                    e.getMostSpecificCause().getMessage());
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before anything that works for others, and after all of it at the stop. */
    @Override
    public int getPhase() {
        return 0;
    }
}
