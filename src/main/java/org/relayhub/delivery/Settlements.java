package org.relayhub.delivery;

import io.opentelemetry.api.trace.Span;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.relayhub.message.Party;
import org.relayhub.message.Trail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes down what became of tries, many in one statement. A result that is lost with the hub costs one more try, which
 * the party knows by its TransIDO.
 */
public final class Settlements implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Settlements.class);

    private final JdbcClient database;
    private final RetryPolicy retry;
    private final String hub;
    private final int atMost;
    private final DeliveryFigures figures;
    private final Consumer<Party> settled;
    private final BlockingQueue<Settlement> waiting = new LinkedBlockingQueue<>();
    private volatile boolean running;
    private Thread writer = new Thread(this::write, "settlements");

    /** @param settled told of each party that a result was written for */
    Settlements(
            JdbcClient database,
            RetryPolicy retry,
            String hub,
            int atMost,
            DeliveryFigures figures,
            Consumer<Party> settled) {
        this.database = database;
        this.retry = retry;
        this.hub = hub;
        this.atMost = atMost;
        this.figures = figures;
        this.settled = settled;
    }

    /** Takes a result; it is written within moments. */
    public void add(Settlement settlement) {
        figures.count(settlement);
        settlement.tell(Span.current());
        waiting.add(settlement);
    }

    private void write() {
        var batch = new ArrayList<Settlement>();
        while (running || !waiting.isEmpty() || !batch.isEmpty()) {
            try {
                if (batch.isEmpty()) {
                    batch.add(waiting.take());
                }
                waiting.drainTo(batch, atMost - batch.size());
                write(batch);
                batch.forEach(settlement -> settled.accept(settlement.party()));
                batch.clear();
            } catch (InterruptedException e) {
                // Asked to stop: what still waits is written, then the loop ends.
                running = false;
            } catch (DataAccessResourceFailureException | TransientDataAccessException e) {
                log.error("{} results wait for the database: {}", batch.size(), reason(e));
                pause();
            } catch (DataAccessException e) {
                log.error("One of {} results cannot be written, each is tried alone: {}", batch.size(), reason(e));
                batch.forEach(this::writeAlone);
                batch.clear();
            } catch (RuntimeException e) {
                // Whatever it was, nothing may end the loop.
                log.error("{} results are lost, their messages are sent again", batch.size(), e);
                batch.clear();
            }
        }
    }

    /** A result that cannot be written harms no other; its message is sent again when the lease ends. */
    private void writeAlone(Settlement settlement) {
        try (Trail.Open trail = settlement.claim().trail().open()) {
            write(List.of(settlement));
            settled.accept(settlement.party());
        } catch (DataAccessException e) {
            log.error("The result of delivery {} is lost: {}", settlement.deliveryId(), reason(e));
        }
    }

    private static String reason(DataAccessException e) {
        return String.valueOf(e.getMostSpecificCause().getMessage());
    }

    private void pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            running = false;
        }
    }

    private void write(List<Settlement> batch) {
        database.sql("""
                        with result as (
                            select * from unnest(:ids::bigint[], :stories::text[], :tokens::int[], :states::text[], :holds::boolean[],
                                                 :tried::boolean[], :waits::bigint[], :codes::text[],
                                                 :descriptions::text[], :transIdhs::text[], :ats::timestamptz[],
                                                 :millis::int[])
                                as r (id, story, token, state, holds, tried, wait, code, description, trans_idh, at, millis)
                        ), settled as (
                            update delivery d
                               set state = case
                                       when not r.tried then d.state
                                       when r.state = 'retrying'
                                            and now() + r.wait * interval '1 millisecond' > d.give_up_at then 'dead'
                                       else r.state end,
                                   holds = r.holds,
                                   attempts = d.attempts + r.tried::int,
                                   next_try_at = now() + r.wait * interval '1 millisecond',
                                   hub = null,
                                   last_code = r.code,
                                   last_error = r.description,
                                   settled_at = case when r.state in ('delivered', 'refused') then now() end
                              from result r
                             where d.delivery_id = r.id and d.story = r.story and d.claims = r.token
                               and d.state in ('pending', 'retrying')
                            returning d.delivery_id
                        )
                        insert into attempt (delivery_id, story, attempt, hub, at, millis, code, description, trans_idh)
                        select id, story, token, :hub, at, millis, code, description, trans_idh from result where tried
                        on conflict do nothing
                        """)
                .param("ids", column(batch, Long.class, s -> s.claim().deliveryId()))
                .param("stories", column(batch, String.class, s -> s.claim().story()))
                .param("tokens", column(batch, Integer.class, s -> s.claim().token()))
                .param("states", column(batch, String.class, s -> s.result().state()))
                .param("holds", column(batch, Boolean.class, s -> s.result().holds()))
                .param("tried", column(batch, Boolean.class, s -> s.result().tried()))
                .param("waits", column(batch, Long.class, s -> wait(s).toMillis()))
                .param("codes", column(batch, String.class, Settlement::code))
                .param("descriptions", column(batch, String.class, Settlement::description))
                .param("transIdhs", column(batch, String.class, Settlement::transIdh))
                .param("ats", column(batch, Timestamp.class, s -> Timestamp.from(s.at())))
                .param("millis", column(batch, Integer.class, s ->
                        (int) s.took().toMillis()))
                .param("hub", hub)
                .update();
    }

    private Duration wait(Settlement settlement) {
        return switch (settlement.result()) {
            case RETRY -> retry.waitAfter(settlement.party(), settlement.claim().attempts() + 1);
            case NOT_TRIED -> retry.waitAfter(settlement.party(), 1);
            case DELIVERED, RETURNED, REFUSED -> Duration.ZERO;
        };
    }

    @SuppressWarnings("unchecked")
    private static <T> T[] column(
            List<Settlement> batch,
            Class<T> type,
            Function<Settlement, ? extends @org.jspecify.annotations.Nullable T> value) {
        T[] column = (T[]) java.lang.reflect.Array.newInstance(type, batch.size());
        for (int i = 0; i < column.length; i++) {
            column[i] = value.apply(batch.get(i));
        }
        return column;
    }

    @Override
    public void start() {
        running = true;
        writer = new Thread(this::write, "settlements");
        writer.setDaemon(true);
        writer.start();
    }

    @Override
    public void stop() {
        running = false;
        writer.interrupt();
        try {
            writer.join(Duration.ofSeconds(10).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Starts before, and so stops after, whoever makes the results. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 2000;
    }
}
