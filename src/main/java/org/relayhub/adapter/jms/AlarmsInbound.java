package org.relayhub.adapter.jms;

import jakarta.jms.JMSException;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.component.jms.JmsMessage;
import org.relayhub.adapter.jms.FailedMessages.NotTakenException;
import org.relayhub.directory.Directory;
import org.relayhub.directory.PartyEntry;
import org.relayhub.message.Body;
import org.relayhub.message.MalformedDocumentException;
import org.relayhub.message.Party;
import org.relayhub.message.RefusalException;
import org.relayhub.message.Serial;
import org.relayhub.message.codec.ElementReader;
import org.relayhub.message.codes.ResponseCodes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Between a JMS message and the alarm in it: the steps of the Kamelet {@code alarms-inbound}. */
public final class AlarmsInbound {

    private static final Logger log = LoggerFactory.getLogger(AlarmsInbound.class);

    private static final String MESSAGE = "takenMessage";
    private static final String DOMAIN = "NETW";

    /** By how much the clock of a platform may be ahead of the hub's. */
    private static final Duration CLOCK_ERROR = Duration.ofMinutes(5);

    private final ElementReader reader;
    private final Directory directory;
    private final FailedMessages failed;
    private final Clock clock;

    AlarmsInbound(ElementReader reader, Directory directory, FailedMessages failed, Clock clock) {
        this.reader = reader;
        this.directory = directory;
        this.failed = failed;
        this.clock = clock;
    }

    /**
     * Takes the alarm out of a message. One that holds none, or another's than the sender's, goes to {@code hub.invalid}, and
     * the route ends.
     *
     * @param exchange its header {@code topic} names what the message was published on
     * @throws NotTakenException if the hub has failed: the message stays with the broker
     */
    public void receive(Exchange exchange) throws JMSException {
        JmsMessage taken = exchange.getMessage(JmsMessage.class);
        String topic = exchange.getMessage().getHeader("topic", String.class);
        var message = new TakenMessage(taken.getJmsMessage(), taken.getJmsSession(), topic, DOMAIN + "-*");
        exchange.setProperty(MESSAGE, message);
        try {
            Body alarm = reader.read(MessageText.of(message.message()));
            requireItsPlatform(message, new Party(DOMAIN, alarm.get("NODE")));
            requirePast("RaisedTime", alarm);
            requirePast("ClearedTime", alarm);
            exchange.getMessage().removeHeaders("*");
            exchange.getMessage().setBody(alarm);
        } catch (MalformedDocumentException | RefusalException e) {
            failed.setAside(message, e.getMessage() + sentBy(message));
            exchange.setRouteStop(true);
        } catch (RuntimeException e) {
            log.error("An alarm could not be read", e);
            failed.keepOrSetAside(message, e);
            exchange.setRouteStop(true);
        }
    }

    /** All platforms publish on one topic, so who says it has to be the one that may. */
    private void requireItsPlatform(TakenMessage message, Party platform) throws JMSException {
        if (message.isOfAnotherThan(platform)) {
            log.warn(
                    "Security event: {} has published an alarm in the name of {}",
                    message.saidSender().map(Party::toString).orElse("another user"),
                    platform);
            throw new RefusalException(ResponseCodes.NOT_SIGNED_ON, "NODE: names another platform than the sender");
        }
        if (directory.find(platform).filter(PartyEntry::enabled).isEmpty()) {
            throw new RefusalException(
                    ResponseCodes.NOT_SIGNED_ON, "NODE: its network platform is not connected or disabled");
        }
    }

    /** A time ahead would keep an alarm active against every clearing, or one that is really raised from being so. */
    private void requirePast(String element, Body alarm) {
        String time = alarm.find(element);
        if (time != null && Serial.time(time).isAfter(clock.instant().plus(CLOCK_ERROR))) {
            throw new RefusalException(
                    ResponseCodes.ABOVE_MAXIMUM,
                    element + ": is more than " + CLOCK_ERROR.toMinutes() + " minutes ahead");
        }
    }

    /** For the operator who finds it: once it is set aside, the broker names the hub as its sender. */
    private static String sentBy(TakenMessage message) throws JMSException {
        return message.saidSender().map(party -> "; sent by " + party).orElse("");
    }

    /**
     * What becomes of an alarm that could not be booked.
     *
     * @throws NotTakenException if the broker is to keep it
     */
    public void fail(Exchange exchange, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable failure)
            throws JMSException {
        if (FailedMessages.isForWantOfTheDatabase(failure)) {
            log.warn("An alarm waits at the broker for the database");
        } else {
            log.error("An alarm could not be booked", failure);
        }
        failed.keepOrSetAside(exchange.getProperty(MESSAGE, TakenMessage.class), failure);
    }
}
