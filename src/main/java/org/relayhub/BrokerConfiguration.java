package org.relayhub;

import java.io.IOException;
import org.relayhub.adapter.jms.BrokerSettings;
import org.relayhub.directory.Directory;
import org.relayhub.directory.PartyEntry;
import org.relayhub.message.Party;
import org.relayhub.standalone.EmbeddedDatabase;
import org.relayhub.standalone.StandaloneSettings;
import org.relayhub.standalone.broker.EmbeddedBroker;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Which broker the JMS parties are connected by: the default profile's own, or the one that the settings name. */
@Configuration(proxyBeanMethods = false)
class BrokerConfiguration {

    /** Its parameter, the database, says that the data folder is this hub's. */
    @Bean(destroyMethod = "close")
    @Profile("standalone")
    @ConditionalOnProperty(name = "hub.broker.url", havingValue = "embedded", matchIfMissing = true)
    EmbeddedBroker embeddedBroker(
            StandaloneSettings settings,
            EmbeddedDatabase database,
            Directory directory,
            UserDetailsService identities,
            PasswordEncoder encoder)
            throws IOException {
        return EmbeddedBroker.start(
                settings.dataFolder().toPath().resolve("broker"),
                settings.brokerPort(),
                directory,
                (user, password) -> isRight(identities, encoder, user, password));
    }

    private static boolean isRight(
            UserDetailsService identities, PasswordEncoder encoder, String user, String password) {
        try {
            return encoder.matches(password, identities.loadUserByUsername(user).getPassword());
        } catch (UsernameNotFoundException e) {
            return false;
        }
    }

    @Bean
    BrokerSettings brokerSettings(HubProperties hub, Directory directory, ObjectProvider<EmbeddedBroker> embedded) {
        EmbeddedBroker own = embedded.getIfAvailable();
        if (own != null) {
            return new BrokerSettings(own.url(), Party.HUB.user(), "demo");
        }
        BrokerSettings settings = hub.broker();
        if (settings.url() == null) {
            directory.parties().stream()
                    .filter(entry -> entry.enabled() && entry.transport().equals("jms"))
                    .findFirst()
                    .map(PartyEntry::party)
                    .ifPresent(BrokerConfiguration::refuseStart);
        }
        return settings;
    }

    private static void refuseStart(Party party) {
        throw new IllegalStateException(
                "The setting hub.broker.url is missing, and parties.yaml connects " + party + " by jms.");
    }
}
