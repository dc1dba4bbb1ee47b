package org.relayhub.diagnosis;

import java.util.List;
import org.relayhub.message.Body;

/** How a SubscriptionRsp is read: a service that is not among its subscriptions is not subscribed. */
public final class Subscriptions {

    /** The state of what is not subscribed: {@code SubscriptionState} of types.xsd. */
    public static final String NONE = "NONE";

    private Subscriptions() {}

    /** The state of a service. */
    public static String state(Body answer, String serviceTypeId) {
        List<String> services = answer.all("ServiceTypeId");
        int at = services.indexOf(serviceTypeId);
        return at < 0 ? NONE : answer.all("State").get(at);
    }
}
