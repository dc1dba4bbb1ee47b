package org.relayhub.adapter.jms;

import org.jspecify.annotations.Nullable;

/**
 * Where the broker of the JMS parties is, and as whom the hub connects to it. Needed outside the default profile if
 * {@code parties.yaml} has a party whose transport is jms; the default profile brings a broker of its own.
 *
 * @param url as Artemis has it, as in {@code tcp://broker.example:61616}; {@code embedded}, or nothing, is the default
 *     profile's own
 * @param user the hub's user
 * @param password its password; best given by the environment, {@code HUB_BROKER_PASSWORD}
 */
public record BrokerSettings(
        @Nullable String url,
        @Nullable String user,
        @Nullable String password) {

    @Override
    public String toString() {
        // An URL of Artemis may hold passwords.
        return "the settings of the broker";
    }
}
