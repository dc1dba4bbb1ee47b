package org.relayhub.standalone.simulation.service;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Body;
import org.relayhub.message.Party;
import org.relayhub.message.RefusalException;
import org.relayhub.message.codec.BodyText;
import org.relayhub.message.codes.ResponseCodes;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The subscriptions as the platforms have them: what a platform was told, else what BOSS has, else, for the numbers
 * whose platforms disagree with it, none.
 */
final class Subscriptions {

    private final JdbcClient database;
    private final Boss boss;

    Subscriptions(JdbcClient database, Boss boss) {
        this.database = database;
        this.boss = boss;
    }

    /**
     * @param own the platform's service
     * @throws RefusalException 2906 if it is asked about another
     */
    Body told(Question question, String own) {
        checkService(question.body(), own);
        return Subscription.told(List.of(now(question.self(), question.body().get("MSISDN"), own)));
    }

    /**
     * Brings a subscription into a state.
     *
     * @throws RefusalException 2906 if it is one of another platform's service
     */
    Body align(Question question, String own) {
        checkService(question.body(), own);
        String msisdn = question.body().get("MSISDN");
        var wanted = Subscription.State.valueOf(question.body().get("State"));
        if (now(question.self(), msisdn, own).state() != wanted) {
            put(question.self(), msisdn, wanted, question.at());
        }
        return new BodyText.Draft("AlignRsp").value("State", wanted.name()).finish();
    }

    private static void checkService(Body body, String own) {
        @Nullable String service = body.find("ServiceTypeId");
        if (service != null && !service.equals(own)) {
            throw new RefusalException(ResponseCodes.NO_SUCH_SERVICE, "ServiceTypeId: is no service of this platform");
        }
    }

    private Subscription now(Party platform, String msisdn, String own) {
        return database.sql(
                        "select state, since from simulation.subscription where party = :party and msisdn = :msisdn")
                .param("party", platform.toString())
                .param("msisdn", msisdn)
                .query((row, n) -> new Subscription(
                        own,
                        Subscription.State.valueOf(row.getString("state")),
                        row.getTimestamp("since").toInstant()))
                .optional()
                .orElseGet(() -> untold(msisdn, own));
    }

    private Subscription untold(String msisdn, String own) {
        Subscription truth = boss.subscription(msisdn, own);
        return Script.of(msisdn) == Script.PLATFORMS_DISAGREE
                ? new Subscription(own, Subscription.State.NONE, truth.since())
                : truth;
    }

    private void put(Party platform, String msisdn, Subscription.State state, Instant since) {
        database.sql("""
                        insert into simulation.subscription (party, msisdn, state, since)
                        values (:party, :msisdn, :state, :since)
                        on conflict (party, msisdn) do update set state = excluded.state, since = excluded.since
                        """)
                .param("party", platform.toString())
                .param("msisdn", msisdn)
                .param("state", state.name())
                .param("since", Timestamp.from(since))
                .update();
    }
}
