package org.relayhub.standalone.simulation;

import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.relayhub.directory.Directories;
import org.relayhub.directory.Directory;
import org.relayhub.message.Activity;
import org.relayhub.message.Body;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.Party;
import org.relayhub.message.Response;
import org.relayhub.message.codec.BodyText;
import org.relayhub.message.codec.DocumentReader;
import org.relayhub.message.codec.DocumentSchema;
import org.relayhub.message.codec.DocumentWriter;
import org.relayhub.message.codec.ResponseDocument;
import org.relayhub.message.codes.ActivityCodes;
import org.relayhub.message.codes.CodeTable;
import org.relayhub.message.codes.OwnBusinessCatalogue;
import org.relayhub.message.codes.ResponseCodes;
import org.relayhub.message.codes.ServiceCatalogue;
import org.relayhub.standalone.EmbeddedDatabase;
import org.relayhub.standalone.simulation.line.SoapEnvelope;
import org.relayhub.standalone.simulation.peer.PlannedActions;
import org.relayhub.standalone.simulation.peer.SimulationSettings;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The simulated peers on a real web server and a real database, with a stub in the hub's place. */
final class PeersUnderTest implements AutoCloseable {

    /** Without a stereotype, so that no scan for the hub's own parts finds it. */
    @ImportAutoConfiguration({
        ServletWebServerFactoryAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        TransactionAutoConfiguration.class
    })
    @Import(SimulationConfiguration.class)
    static class Parts {

        private final Resource schemas = new ClassPathResource("schemas/");

        @Bean
        SimulationSettings simulationSettings(Environment environment) {
            return Binder.get(environment).bindOrCreate("hub.standalone.simulation", SimulationSettings.class);
        }

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        ActivityCodes activityCodes() {
            return new ActivityCodes(CodeTable.read(schemas, "activities"));
        }

        @Bean
        ResponseCodes responseCodes() {
            return new ResponseCodes(CodeTable.read(schemas, "response-codes"));
        }

        @Bean
        ServiceCatalogue serviceCatalogue() {
            return new ServiceCatalogue(CodeTable.read(schemas, "service-catalogue"));
        }

        @Bean
        OwnBusinessCatalogue ownBusinessCatalogue() {
            return new OwnBusinessCatalogue(CodeTable.read(schemas, "own-business"));
        }

        @Bean
        DocumentReader documentReader(Clock clock) {
            return new DocumentReader(new DocumentSchema(schemas), clock);
        }

        @Bean
        DocumentWriter documentWriter() {
            return new DocumentWriter();
        }

        @Bean
        ResponseDocument responseDocument(ResponseCodes codes, DocumentWriter writer) {
            return new ResponseDocument(codes, writer);
        }

        @Bean
        Directory directory() {
            // Over HTTP only: there is no broker here.
            return Directories.of("""
                    parties:
                      CRM-*: {}
                      CSVC-000: {}
                      SIMS-000: {}
                      SIMS-*: {}
                      BOSS-*: {}
                      NETW-*: {}
                      MVID-000: {}
                      MGAM-000: {}
                      MUSI-000: {}
                      MPAY-000: {}
                      MRED-000: {}
                      '*-571': {transport: multipart}
                    """);
        }

        @Bean
        ActiveMQConnectionFactory broker() {
            return new ActiveMQConnectionFactory("tcp://127.0.0.1:1");
        }

        @Bean
        ServletRegistrationBean<StubHub> stubHub(
                DocumentReader reader,
                Directory directory,
                DocumentWriter writer,
                ResponseDocument answers,
                ActivityCodes codes) {
            return new ServletRegistrationBean<>(
                    new StubHub(reader, directory, writer, answers, codes), "/ws/interboss", "/interboss");
        }
    }

    /** An answer as it came over the wire. */
    record Reply(int status, String text, InterBossDocument document) {

        String code() {
            Response response = document.response();
            return response == null ? "" : response.rspCode();
        }
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;
    private final StubHub hub;
    private final PlannedActions actions;
    private final SoapEnvelope envelope;
    private final String address;

    /** @param settings of the simulation, as in {@code returns=1} */
    PeersUnderTest(EmbeddedDatabase database, String... settings) {
        context = new SpringApplicationBuilder(Parts.class)
                .profiles("standalone")
                .initializers(fresh -> ((GenericApplicationContext) fresh)
                        .registerBean("dataSource", HikariDataSource.class, () -> pool(database)))
                .run(arguments(settings));
        hub = (StubHub)
                context.getBean("stubHub", ServletRegistrationBean.class).getServlet();
        actions = context.getBean(PlannedActions.class);
        envelope = new SoapEnvelope(context.getBean(DocumentReader.class));
        address = "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
    }

    /** Of a setting that is given twice the last counts. */
    private static String[] arguments(String... settings) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("server.port", "0");
        Stream.concat(Stream.of("sample-every=0s"), Stream.of(settings))
                .map(setting -> setting.split("="))
                .forEach(setting -> values.put("hub.standalone.simulation." + setting[0], setting[1]));
        return values.entrySet().stream()
                .map(value -> "--" + value.getKey() + "=" + value.getValue())
                .toArray(String[]::new);
    }

    private static HikariDataSource pool(EmbeddedDatabase database) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(database.jdbcUrl());
        pool.setUsername(database.user());
        pool.setMaximumPoolSize(16);
        pool.setMinimumIdle(1);
        return pool;
    }

    /** Forgets what is planned, so that one test does not act in the next. */
    static void forgetPlans(EmbeddedDatabase database) {
        JdbcClient.create(new DriverManagerDataSource(database.jdbcUrl(), database.user(), ""))
                .sql("delete from simulation.planned")
                .update();
    }

    /** Claims all that is planned, due or not, as a hub does that is killed while it sends. */
    void pretendToBeSending() {
        context.getBean(JdbcClient.class)
                .sql("update simulation.planned set due_at = now(), leased_to = now() + interval '1 hour'")
                .update();
    }

    StubHub hub() {
        return hub;
    }

    /** A request of a party that the test plays. */
    String document(String from, String to, Activity activity, Body body) {
        return actions.document(Party.of(from), Party.of(to), activity, false, body, Instant.now());
    }

    /** Sends through the stub hub, as a partner does. */
    Reply send(String from, String to, Activity activity, Body body) throws Exception {
        return post(address + "/ws/interboss", Party.of(from), document(from, to, activity, body), 20);
    }

    /** Calls a peer as the hub does. */
    Reply call(String peer, String document, int timeoutSeconds) throws Exception {
        return post(address + "/sim/" + peer, Party.HUB, document, timeoutSeconds);
    }

    /** Calls a peer with anything. */
    HttpResponse<String> callRaw(String peer, String text) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(address + "/sim/" + peer))
                        .header("Content-Type", SoapEnvelope.CONTENT_TYPE)
                        .POST(HttpRequest.BodyPublishers.ofString(text))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private Reply post(String to, Party user, String document, int timeoutSeconds) throws Exception {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create(to))
                        .timeout(Duration.ofSeconds(timeoutSeconds))
                        .header("Content-Type", SoapEnvelope.CONTENT_TYPE)
                        .header("Authorization", StubHub.basic(user))
                        .POST(HttpRequest.BodyPublishers.ofString(SoapEnvelope.wrap(document)))
                        .build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        return new Reply(
                response.statusCode(),
                response.body(),
                envelope.open(new ByteArrayInputStream(response.body().getBytes(StandardCharsets.UTF_8))));
    }

    /** A dispatch of a service type, with TProv as wanted. */
    static Body dispatch(String indictSeq, String svcTypeId, String targetProvince) {
        Party crm = new Party("CRM", indictSeq.substring(12, 15));
        Body any = new SampleComplaints(List.of(), new Random(1)).of(0, crm, indictSeq, Instant.now());
        return new Body(
                any.element(),
                any.xml()
                        .replaceFirst("<SvcTypeId>[0-9]*", "<SvcTypeId>" + svcTypeId)
                        .replaceFirst("<TProv>[0-9]*", "<TProv>" + targetProvince),
                any.values());
    }

    static Body note(String element, String indictSeq) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("IndictSeq", indictSeq);
        values.put("HandlingDept", "测试部");
        values.put("HandlingStaff", "测试员");
        values.put("HandlingComment", "测试意见");
        return BodyText.of(element, values);
    }

    static Body query(String indictSeq) {
        return BodyText.of("QueryReq", Map.of("IndictSeq", indictSeq));
    }

    @Override
    public void close() {
        context.close();
    }
}
