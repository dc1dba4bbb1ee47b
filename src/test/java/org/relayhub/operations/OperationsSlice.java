package org.relayhub.operations;

import com.zaxxer.hikari.HikariDataSource;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.builder.RouteBuilder;
import org.apache.cxf.spring.boot.autoconfigure.CxfAutoConfiguration;
import org.apache.cxf.spring.boot.autoconfigure.micrometer.MicrometerMetricsAutoConfiguration;
import org.relayhub.delivery.DeliverySettings;
import org.relayhub.diagnosis.alarm.AlarmBook;
import org.relayhub.directory.Directory;
import org.relayhub.directory.DirectoryFiles;
import org.relayhub.directory.watch.FilesWatch;
import org.relayhub.message.codec.DocumentWriter;
import org.relayhub.message.codec.HubDocuments;
import org.relayhub.message.codes.ActivityCodes;
import org.relayhub.message.codes.CodeTable;
import org.relayhub.message.codes.DutyReasons;
import org.relayhub.message.codes.OwnBusinessCatalogue;
import org.relayhub.message.codes.ResponseCodes;
import org.relayhub.message.codes.ServiceCatalogue;
import org.relayhub.security.SecuritySettings;
import org.relayhub.security.login.FailureSettings;
import org.relayhub.security.session.SessionSettings;
import org.relayhub.spquality.book.DroppedFiles;
import org.relayhub.spquality.book.MonthBook;
import org.relayhub.spquality.calendar.MonthCalendar;
import org.relayhub.spquality.calendar.Reminders;
import org.relayhub.spquality.file.FileCheck;
import org.relayhub.spquality.national.NationalFiles;
import org.relayhub.spquality.national.SimsAnswers;
import org.relayhub.ticket.Handlings;
import org.relayhub.ticket.Notices;
import org.relayhub.ticket.Tickets;
import org.relayhub.ticket.probe.LinkHealth;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What operators see of a hub, without its flows: the database is real, and nothing works on the rows that a test puts
 * into it. No {@code @Configuration}, so that no scan of another test finds it.
 */
@EnableAutoConfiguration(exclude = {CxfAutoConfiguration.class, MicrometerMetricsAutoConfiguration.class})
@ComponentScan({"org.relayhub.security", "org.relayhub.operations"})
class OperationsSlice {

    static final String ROUTE = "relay";

    @Bean
    EmbeddedPostgres postgres() throws IOException {
        return EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    }

    /** As few connections as Flyway can do with: a call that keeps one soon leaves none. */
    @Bean
    DataSource dataSource(EmbeddedPostgres postgres) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(postgres.getJdbcUrl("postgres", "postgres"));
        pool.setMaximumPoolSize(2);
        pool.setConnectionTimeout(5_000);
        return pool;
    }

    @Bean
    FixtureLedger fixtureLedger(JdbcClient database) {
        return new FixtureLedger(database);
    }

    @Bean
    Handlings handlings(JdbcClient database, DataSource dataSource, Clock clock) {
        return new Handlings(database, new TransactionTemplate(new DataSourceTransactionManager(dataSource)), clock);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Resource schemas(ResourceLoader resources) {
        return resources.getResource("classpath:schemas/");
    }

    @Bean
    ResponseCodes responseCodes(Resource schemas) {
        return new ResponseCodes(CodeTable.read(schemas, "response-codes"));
    }

    @Bean
    FilesWatch filesWatch() {
        return new FilesWatch(Duration.ZERO);
    }

    @Bean
    ServiceCatalogue serviceCatalogue(FilesWatch watch, Resource schemas) {
        return watch.followTable(schemas, "service-catalogue", ServiceCatalogue::new, ServiceCatalogue::replace);
    }

    @Bean
    DutyReasons dutyReasons(FilesWatch watch, Resource schemas) {
        return watch.followTable(schemas, "duty-reasons", DutyReasons::new, DutyReasons::replace);
    }

    @Bean
    OwnBusinessCatalogue ownBusinessCatalogue(FilesWatch watch, Resource schemas) {
        return watch.followTable(schemas, "own-business", OwnBusinessCatalogue::new, OwnBusinessCatalogue::replace);
    }

    @Bean
    Directory directory(ResourceLoader resources, Resource schemas) throws IOException {
        return new DirectoryFiles(resources.getResource("classpath:adapters/"), schemas, true, Duration.ofSeconds(30))
                .read();
    }

    @Bean
    SecuritySettings securitySettings() {
        return new SecuritySettings(
                null,
                new FailureSettings(5, 30, Duration.ofMinutes(1)),
                new SessionSettings(Duration.ofMinutes(30), Duration.ofHours(12)));
    }

    @Bean
    Tickets tickets(JdbcClient database) {
        return new Tickets(database);
    }

    @Bean
    AlarmBook alarmBook(JdbcClient database) {
        return new AlarmBook(database, Duration.ofDays(7));
    }

    @Bean
    MonthCalendar monthCalendar() {
        return new MonthCalendar();
    }

    @Bean
    FileCheck fileCheck(Resource schemas, Clock clock) {
        return new FileCheck(schemas, clock);
    }

    @Bean
    MonthBook monthBook(JdbcTemplate database, FileCheck check, Clock clock) {
        return new MonthBook(database, check.provinces(), clock);
    }

    @Bean
    DroppedFiles droppedFiles(JdbcClient database) {
        return new DroppedFiles(database);
    }

    @Bean
    NationalFiles nationalFiles(JdbcTemplate database, FileCheck check, MonthCalendar calendar, Clock clock) {
        return new NationalFiles(database, check.provinces(), calendar::deadline, clock);
    }

    @Bean
    SimsAnswers simsAnswers(JdbcTemplate database, FileCheck check, DataSource dataSource, Clock clock) {
        var transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        return new SimsAnswers(database, check.provinces(), transaction, clock);
    }

    @Bean
    ActivityCodes activityCodes(Resource schemas) {
        return new ActivityCodes(CodeTable.read(schemas, "activities"));
    }

    @Bean
    LinkHealth linkHealth(JdbcClient database) {
        return new LinkHealth(database);
    }

    @Bean
    Reminders reminders(
            MonthCalendar calendar,
            MonthBook book,
            Directory directory,
            ActivityCodes activities,
            JdbcClient database,
            DataSource dataSource,
            Clock clock) {
        var notices = new Notices(
                database,
                new TransactionTemplate(new DataSourceTransactionManager(dataSource)),
                new HubDocuments(activities, new DocumentWriter()),
                clock);
        return new Reminders(calendar, book::missing, directory, notices, database);
    }

    @Bean
    DeliverySettings deliverySettings() {
        return new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("hub.delivery", DeliverySettings.class);
    }

    @Bean
    CircuitBreakerRegistry circuits() {
        return CircuitBreakerRegistry.ofDefaults();
    }

    /** Where SOAP, multipart and the simulated peers are in the whole hub: lets through are those that get its 204. */
    @Bean
    ServletRegistrationBean<HttpServlet> peers() {
        var servlet = new HttpServlet() {
            private static final long serialVersionUID = 1L;

            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response) {
                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            }
        };
        return new ServletRegistrationBean<>(servlet, "/ws/*", "/interboss", "/sim/*");
    }

    @Bean
    RouteBuilder route() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:relay").routeId(ROUTE).log("relayed");
            }
        };
    }
}
