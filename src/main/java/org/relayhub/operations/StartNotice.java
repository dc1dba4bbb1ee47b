package org.relayhub.operations;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Says at the end of the start where to look. */
class StartNotice {

    private static final Logger log = LoggerFactory.getLogger(StartNotice.class);

    private final JdbcClient database;
    private final Environment environment;
    private final ObjectProvider<String> broker;
    private final ObjectProvider<String> sftp;

    StartNotice(
            JdbcClient database,
            Environment environment,
            @Qualifier("embeddedBrokerUrl") ObjectProvider<String> broker,
            @Qualifier("embeddedSftpAddress") ObjectProvider<String> sftp) {
        this.database = database;
        this.environment = environment;
        this.broker = broker;
        this.sftp = sftp;
    }

    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        String base = "http://127.0.0.1:" + environment.getProperty("local.server.port", "8080");
        boolean standalone = environment.acceptsProfiles(Profiles.of("standalone"));
        var text = new StringBuilder("The hub is ready\n");
        line(text, "Console", base + "/");
        line(text, "WSDL", base + "/ws/interboss?wsdl");
        if (broker.getIfAvailable() != null) {
            line(text, "JMS", broker.getObject() + ", CORE and AMQP 1.0: hub.in.<PARTY> and hub.out.<PARTY>");
        }
        if (sftp.getIfAvailable() != null) {
            line(text, "SFTP", sftp.getObject() + ", as crm-250 or sp-901234, password demo: drop files in upload");
        }
        line(text, "Hawtio", base + "/actuator/hawtio");
        line(text, "API", base + "/api/tickets, /api/deliveries, /api/parties, /api/alarms");
        if (standalone) {
            line(text, "Log in as", "viewer, operator or admin, password demo; parties as crm-250, password demo");
            line(text, "Try", "examples/send dispatch");
        }
        newestTicket().ifPresent(ticket -> line(text, "A story", base + "/tickets/" + ticket));
        log.info("{}", text);
    }

    private static void line(StringBuilder text, String what, String where) {
        text.append("  %-10s %s%n".formatted(what, where));
    }

    private Optional<String> newestTicket() {
        return database.sql("select indict_seq from ticket order by created_at desc, indict_seq desc limit 1")
                .query(String.class)
                .optional();
    }
}
