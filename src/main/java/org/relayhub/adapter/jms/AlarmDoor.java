package org.relayhub.adapter.jms;

import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.spring.boot.CamelContextConfiguration;

/** The door of the network platforms: the route that takes alarms off their topic, where there is a broker that has one. */
public final class AlarmDoor implements CamelContextConfiguration {

    private static final String ALARMS = "alarms";

    private final BrokerSettings broker;
    private final String topic;

    /** @param topic where the platforms publish; empty if nobody listens */
    public AlarmDoor(BrokerSettings broker, String topic) {
        this.broker = broker;
        this.topic = topic;
    }

    @Override
    public void beforeApplicationStart(CamelContext camel) {
        // The template is not loaded yet.
    }

    @Override
    public void afterApplicationStart(CamelContext camel) {
        if (broker.url() == null || topic.isEmpty()) {
            return;
        }
        try {
            TemplatedRouteBuilder.builder(camel, ALARMS)
                    .routeId(ALARMS)
                    .parameter("topic", topic)
                    .add();
        } catch (Exception e) {
            throw new IllegalStateException("The route of the alarms does not start", e);
        }
    }
}
