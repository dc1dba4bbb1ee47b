package org.relayhub.standalone.simulation.service;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relayhub.message.Body;
import org.relayhub.message.Serial;
import org.relayhub.message.codec.BodyText;

/** A number's subscription of a service. */
record Subscription(String serviceTypeId, State state, Instant since) {

    /** NONE: not subscribed. */
    enum State {
        ACTIVE,
        SUSPENDED,
        NONE
    }

    /** The answer that tells of them; of those that are none it says nothing. */
    static Body told(List<Subscription> subscriptions) {
        var body = new BodyText.Draft("SubscriptionRsp");
        for (Subscription subscription : subscriptions) {
            if (subscription.state() != State.NONE) {
                Map<String, String> values = new LinkedHashMap<>();
                values.put("ServiceTypeId", subscription.serviceTypeId());
                values.put("State", subscription.state().name());
                values.put("Since", Serial.time(subscription.since()));
                body.group("Subscription", values);
            }
        }
        return body.finish();
    }
}
