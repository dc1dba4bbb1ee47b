package org.relayhub;

import java.io.IOException;
import org.relayhub.adapter.jms.AlarmDoor;
import org.relayhub.adapter.jms.BrokerSettings;
import org.relayhub.diagnosis.alarm.AlarmSettings;
import org.relayhub.directory.Directory;
import org.relayhub.message.Party;
import org.relayhub.standalone.EmbeddedDatabase;
import org.relayhub.standalone.StandaloneSettings;
import org.relayhub.standalone.broker.EmbeddedBroker;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
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
            AlarmSettings alarms,
            EmbeddedDatabase database,
            Directory directory,
            UserDetailsService identities,
            PasswordEncoder encoder)
            throws IOException {
        return EmbeddedBroker.start(
                settings.dataFolder().toPath().resolve("broker"),
                settings.brokerPort(),
                directory,
                alarms.topic(),
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

    /** Where parties find it. */
    @Bean
    @ConditionalOnBean(EmbeddedBroker.class)
    String embeddedBrokerUrl(EmbeddedBroker broker) {
        return broker.url();
    }

    @Bean
    BrokerSettings brokerSettings(HubProperties hub, ObjectProvider<EmbeddedBroker> embedded) {
        EmbeddedBroker own = embedded.getIfAvailable();
        if (own != null) {
            return new BrokerSettings(own.hubUrl(), Party.HUB.user(), "demo");
        }
        return hub.broker();
    }

    @Bean
    AlarmDoor alarmDoor(BrokerSettings broker, AlarmSettings alarms) {
        return new AlarmDoor(broker, alarms.topic());
    }
}
