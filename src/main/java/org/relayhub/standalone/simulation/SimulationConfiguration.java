package org.relayhub.standalone.simulation;

import static org.springframework.web.servlet.function.RouterFunctions.route;

import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.relayhub.directory.Directory;
import org.relayhub.message.Party;
import org.relayhub.message.codec.DocumentReader;
import org.relayhub.message.codec.DocumentWriter;
import org.relayhub.message.codec.ResponseDocument;
import org.relayhub.message.codes.ActivityCodes;
import org.relayhub.message.codes.OwnBusinessCatalogue;
import org.relayhub.message.codes.ResponseCodes;
import org.relayhub.message.codes.ServiceCatalogue;
import org.relayhub.standalone.StandaloneSettings;
import org.relayhub.standalone.simulation.line.HttpLine;
import org.relayhub.standalone.simulation.line.HttpWire;
import org.relayhub.standalone.simulation.line.HubLine;
import org.relayhub.standalone.simulation.line.HubLines;
import org.relayhub.standalone.simulation.line.JmsLine;
import org.relayhub.standalone.simulation.line.MultipartWire;
import org.relayhub.standalone.simulation.line.SoapWire;
import org.relayhub.standalone.simulation.peer.Holdings;
import org.relayhub.standalone.simulation.peer.Peers;
import org.relayhub.standalone.simulation.peer.PlannedActions;
import org.relayhub.standalone.simulation.peer.SimulationSettings;
import org.relayhub.standalone.simulation.service.Services;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** The parts of the simulated peers. Outside the standalone profile none of them exists. */
@Configuration(proxyBeanMethods = false)
@Profile("standalone")
@ConditionalOnProperty(name = "hub.standalone.simulation.enabled", matchIfMissing = true)
class SimulationConfiguration {

    private static final String PASSWORD = "demo";
    private static final Party SIMS = new Party("SIMS", "000");
    private static final String SCHEMA = "simulation";

    /** The tables are there before anybody uses them: every statement goes through this bean's users. */
    @Bean
    Holdings simulationHoldings(
            JdbcClient database,
            javax.sql.DataSource dataSource,
            @Value("${spring.flyway.locations:classpath:schemas/database}") String migrations) {
        Flyway.configure()
                .dataSource(dataSource)
                .schemas(SCHEMA)
                .locations(migrations + "/standalone")
                .sqlMigrationPrefix("S")
                .load()
                .migrate();
        return new Holdings(database);
    }

    @Bean
    PlannedActions plannedActions(JdbcClient database, ActivityCodes codes, DocumentWriter writer) {
        return new PlannedActions(database, codes, writer);
    }

    @Bean
    JmsLine jmsLine(ActiveMQConnectionFactory broker, DocumentReader reader, ResponseCodes codes) {
        return new JmsLine(broker, PASSWORD, reader, codes);
    }

    @Bean
    HubLines hubLines(
            Directory directory, JmsLine jms, DocumentReader reader, ResponseCodes codes, Environment environment) {
        Map<String, HubLine> lines = new HashMap<>();
        lines.put("jms", jms);
        wires(reader)
                .forEach((transport, wire) ->
                        lines.put(transport, new HttpLine(() -> hub(environment), PASSWORD, wire, codes)));
        return new HubLines(directory, lines);
    }

    @Bean
    Peers simulatedPeers(
            Directory directory,
            HubLines lines,
            SimulationSettings settings,
            ServiceCatalogue catalogue,
            DocumentReader reader,
            Holdings holdings,
            PlannedActions planned,
            Clock clock) {
        return new Peers(
                directory, lines.transports(), settings, catalogue, reader, holdings, planned, new Random(), clock);
    }

    @Bean
    Services simulatedServices(JdbcClient database, OwnBusinessCatalogue catalogue, SimulationSettings settings) {
        return new Services(database, catalogue, settings, new Random());
    }

    @Bean
    Reception simulatedReception(
            JdbcClient database,
            TransactionOperations transaction,
            PlannedActions planned,
            Services services,
            SimulationSettings settings,
            ActivityCodes codes,
            DocumentWriter writer,
            ResponseDocument answers,
            Clock clock) {
        return new Reception(database, transaction, planned, services, settings, codes, writer, answers, clock);
    }

    @Bean
    PeerInbox simulatedPeerInbox(Peers peers, Reception reception, DocumentReader reader) {
        return new PeerInbox(peers, reception, wires(reader));
    }

    @Bean
    RouterFunction<ServerResponse> simulatedInbox(PeerInbox inbox) {
        return route().POST("/sim/{party}", inbox::exchange).build();
    }

    @Bean
    JmsPeerInbox simulatedQueues(
            Directory directory, Peers peers, Reception reception, DocumentReader reader, JmsLine line) {
        return new JmsPeerInbox(directory, peers, reception, reader, line);
    }

    @Bean
    SimulationLoop simulationLoop(
            JdbcClient database,
            TransactionOperations transaction,
            PlannedActions planned,
            Peers peers,
            Reception reception,
            Holdings holdings,
            SimulationSettings settings,
            HubLines lines,
            Environment environment,
            Clock clock) {
        RandomGenerator random = new Random();
        var complaints = new SampleComplaints(
                peers.of("SIMS").stream().filter(party -> !party.equals(SIMS)).toList(), random);
        return new SimulationLoop(
                planned,
                lines,
                indictSeq -> hub(environment).resolve("tickets/" + indictSeq),
                peers,
                reception,
                holdings,
                new SampleStream(database, peers, complaints, holdings, planned, random, clock),
                settings,
                transaction,
                clock);
    }

    /** Where SIMS has its root on the default profile's own SFTP server. */
    @Bean(destroyMethod = "close")
    @ConditionalOnProperty(name = "hub.sftp.parties.address", havingValue = "embedded", matchIfMissing = true)
    @Nullable
    NationalFileInbox nationalFileInbox(Peers peers, ObjectProvider<StandaloneSettings> standalone) {
        StandaloneSettings settings = standalone.getIfAvailable();
        return settings != null && peers.of(SIMS.domain()).contains(SIMS)
                ? new NationalFileInbox(
                        settings.dataFolder().toPath().resolve("sftp").resolve(SIMS.toString()))
                : null;
    }

    /** By the transport that {@code parties.yaml} names. */
    private static Map<String, HttpWire> wires(DocumentReader reader) {
        return Map.of("soap", new SoapWire(reader), "multipart", new MultipartWire(reader));
    }

    private static URI hub(Environment environment) {
        return URI.create("http://127.0.0.1:" + environment.getRequiredProperty("local.server.port") + "/");
    }
}
