package org.relayhub.adapter.jms;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.relayhub.adapter.AnswerWriter;
import org.relayhub.adapter.Intake;
import org.relayhub.directory.Directory;
import org.relayhub.message.codec.DocumentReader;
import org.relayhub.message.codec.ElementReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;

/** What the JMS Kamelets call, and the broker that they reach. */
@Configuration(proxyBeanMethods = false)
class JmsConfiguration {

    /** Never connected to: without a broker no party is taken that needs one. */
    private static final String NOWHERE = "tcp://127.0.0.1:61616";

    /** How long the broker may take to store a message: well below a claim's lease. */
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    @Bean
    ActiveMQConnectionFactory brokerConnections(BrokerSettings broker) {
        // Connects when the first JMS party needs it, and never if there is none.
        var factory = new ActiveMQConnectionFactory(broker.url() == null ? NOWHERE : broker.url());
        factory.setUser(broker.user());
        factory.setPassword(broker.password());
        factory.setCallTimeout(CALL_TIMEOUT.toMillis());
        return factory;
    }

    /** For sending: a connection for all lanes, made anew when it breaks. */
    @Bean(initMethod = "start", destroyMethod = "stop")
    JmsPoolConnectionFactory pooledBrokerConnections(ActiveMQConnectionFactory brokerConnections) {
        var pool = new JmsPoolConnectionFactory();
        pool.setConnectionFactory(brokerConnections);
        pool.setMaxConnections(1);
        pool.setMaxSessionsPerConnection(256);
        return pool;
    }

    @Bean
    JmsComponent jms(ActiveMQConnectionFactory brokerConnections, JmsPoolConnectionFactory pooledBrokerConnections) {
        var component = new JmsComponent();
        component.setListenerConnectionFactory(brokerConnections);
        component.setTemplateConnectionFactory(pooledBrokerConnections);
        component.setConnectionFactory(brokerConnections);
        component.setAllowAutoWiredConnectionFactory(false);
        // A broker that is not there keeps nobody from starting.
        component.setAsyncStartListener(true);
        component.setTestConnectionOnStartup(false);
        component.setRecoveryInterval(2000);
        component.setErrorHandlerLogStackTrace(false);
        component.setErrorHandlerLoggingLevel(org.apache.camel.LoggingLevel.DEBUG);
        return component;
    }

    @Bean
    FailedMessages failedMessages(MeterRegistry meters) {
        return new FailedMessages(meters);
    }

    @Bean
    JmsInbound jmsInbound(DocumentReader reader, Intake intake, AnswerWriter answers, FailedMessages failed) {
        return new JmsInbound(reader, intake, answers, failed);
    }

    @Bean
    AlarmsInbound alarmsInbound(Resource schemas, Clock clock, Directory directory, FailedMessages failed) {
        return new AlarmsInbound(new ElementReader(schemas, "alarm.xsd", "Alarm", clock), directory, failed, clock);
    }

    @Bean
    JmsOutbound jmsOutbound(DocumentReader reader) {
        return new JmsOutbound(reader);
    }

    @Bean
    JmsDoors jmsDoors(CamelContext camel, Directory directory) {
        return new JmsDoors(camel, directory);
    }

    /** Doors are made from a route template, so they open when the routes are there. */
    @Bean
    CamelContextConfiguration jmsDoorsAfterRoutes(JmsDoors doors) {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext camel) {
                // The template is not loaded yet.
            }

            @Override
            public void afterApplicationStart(CamelContext camel) {
                doors.start();
            }
        };
    }
}
