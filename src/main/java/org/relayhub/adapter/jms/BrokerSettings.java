package org.relayhub.adapter.jms;

import jakarta.validation.constraints.AssertTrue;
import java.io.File;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the broker of the JMS parties is, and as whom the hub connects to it. Needed outside the default profile if
 * {@code parties.yaml} has a party whose transport is jms; the default profile brings a broker of its own.
 *
 * @param url as Artemis has it, as in {@code tcp://broker.example:61616}, with {@code sslEnabled=true} and where the stores
 *     are for TLS; {@code embedded}, or nothing, is the default profile's own
 * @param user the hub's user
 * @param password its password; best given by the environment, {@code HUB_BROKER_PASSWORD}
 */
public record BrokerSettings(
        @Nullable String url,
        @Nullable String user,
        @Nullable String password) {

    private static final Pattern BELIEVES_ANYBODY =
            Pattern.compile("[?&;](?:trustAll=true|verifyHost=false)(?!\\w)", Pattern.CASE_INSENSITIVE);

    /** A store that is given by its path; Artemis takes what is none for a name on the class path. */
    private static final Pattern STORE = Pattern.compile("[?&;](?:trust|key)StorePath=(/[^&;,)]+)");

    @AssertTrue(message = "the broker's url must not switch off what TLS is for: no trustAll=true, no verifyHost=false")
    boolean isBelievingOnlyTheBroker() {
        return url == null || !BELIEVES_ANYBODY.matcher(url).find();
    }

    @AssertTrue(message = "each trustStorePath and keyStorePath in the broker's url must be a file that can be read")
    boolean isWithReadableStores() {
        if (url == null) {
            return true;
        }
        Matcher stores = STORE.matcher(url);
        return stores.results()
                .map(store -> new File(store.group(1)))
                .allMatch(file -> file.isFile() && file.canRead());
    }

    @Override
    public String toString() {
        // An URL of Artemis may hold passwords.
        return "the settings of the broker";
    }
}
