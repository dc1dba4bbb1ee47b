package org.relayhub;

import java.time.Clock;
import java.util.List;
import org.relayhub.adapter.tls.PeerSettings;
import org.relayhub.business.BusinessSettings;
import org.relayhub.delivery.DeliverySettings;
import org.relayhub.delivery.presence.PresenceSettings;
import org.relayhub.diagnosis.DiagnosisSettings;
import org.relayhub.diagnosis.alarm.AlarmSettings;
import org.relayhub.diagnosis.verdict.VerdictRules;
import org.relayhub.directory.Addressing;
import org.relayhub.directory.Directory;
import org.relayhub.directory.DirectoryFiles;
import org.relayhub.directory.watch.FilesWatch;
import org.relayhub.message.codec.DocumentChecks;
import org.relayhub.message.codec.DocumentReader;
import org.relayhub.message.codec.DocumentSchema;
import org.relayhub.message.codec.DocumentWriter;
import org.relayhub.message.codec.HubDocuments;
import org.relayhub.message.codec.ResponseDocument;
import org.relayhub.message.codes.ActivityCodes;
import org.relayhub.message.codes.CodeTable;
import org.relayhub.message.codes.DutyReasons;
import org.relayhub.message.codes.OwnBusinessCatalogue;
import org.relayhub.message.codes.ResponseCodes;
import org.relayhub.message.codes.ServiceCatalogue;
import org.relayhub.security.OwnPasswords;
import org.relayhub.security.SecuritySettings;
import org.relayhub.security.SenderIdentity;
import org.relayhub.standalone.StandaloneSettings;
import org.relayhub.ticket.Handlings;
import org.relayhub.ticket.Ledger;
import org.relayhub.ticket.Notices;
import org.relayhub.ticket.SenderNotice;
import org.relayhub.ticket.Tickets;
import org.relayhub.ticket.refusal.RefusalLog;
import org.relayhub.trace.TraceSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The parts that every hub has: codec, tables, directory and ledger. */
@Configuration(proxyBeanMethods = false)
class HubConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Resource schemas(HubProperties hub, ResourceLoader resources) {
        return resources.getResource(hub.schemas());
    }

    @Bean
    ActivityCodes activityCodes(Resource schemas) {
        return new ActivityCodes(CodeTable.read(schemas, "activities"));
    }

    @Bean
    ResponseCodes responseCodes(Resource schemas) {
        return new ResponseCodes(CodeTable.read(schemas, "response-codes"));
    }

    @Bean
    FilesWatch filesWatch(HubProperties hub) {
        return new FilesWatch(hub.directory().checkEvery());
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
    DocumentReader documentReader(Resource schemas, ServiceCatalogue services, DutyReasons reasons, Clock clock) {
        return new DocumentReader(new DocumentSchema(schemas, List.of(services, reasons)), clock);
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
    DocumentChecks documentChecks(ActivityCodes codes) {
        return new DocumentChecks(codes);
    }

    @Bean
    DirectoryFiles directoryFiles(
            HubProperties hub, ResourceLoader resources, Resource schemas, Environment environment) {
        // A call takes a connection and an answer, each within the party's timeout, and must be over when its lease is.
        return new DirectoryFiles(
                resources.getResource(hub.adapters()),
                schemas,
                hub.broker().url() != null || environment.acceptsProfiles(Profiles.of("standalone")),
                hub.delivery().lease().dividedBy(2));
    }

    @Bean
    Directory directory(DirectoryFiles files, FilesWatch watch, OwnPasswords passwords) {
        return files.follow(watch, passwords::checkParties);
    }

    @Bean
    Addressing addressing(Directory directory, ActivityCodes codes, DocumentWriter writer) {
        return new Addressing(directory, codes, writer);
    }

    @Bean
    SenderIdentity senderIdentity() {
        return new SenderIdentity();
    }

    @Bean
    Ledger ledger(JdbcClient database, TransactionTemplate transaction, Clock clock) {
        return new Ledger(database, transaction, clock);
    }

    @Bean
    Tickets tickets(JdbcClient database) {
        return new Tickets(database);
    }

    @Bean
    Handlings handlings(JdbcClient database, TransactionTemplate transaction, Clock clock) {
        return new Handlings(database, transaction, clock);
    }

    @Bean
    RefusalLog refusalLog(JdbcClient database) {
        return new RefusalLog(database);
    }

    @Bean
    SenderNotice senderNotice(JdbcClient database, TransactionTemplate transaction, Notices notices, Clock clock) {
        return new SenderNotice(database, transaction, notices, clock);
    }

    @Bean
    HubDocuments hubDocuments(ActivityCodes codes, DocumentWriter writer) {
        return new HubDocuments(codes, writer);
    }

    @Bean
    Notices notices(JdbcClient database, TransactionTemplate transaction, HubDocuments documents, Clock clock) {
        return new Notices(database, transaction, documents, clock);
    }

    @Bean
    DeliverySettings deliverySettings(HubProperties hub) {
        return hub.delivery();
    }

    @Bean
    PresenceSettings presenceSettings(HubProperties hub) {
        return hub.presence();
    }

    @Bean
    VerdictRules verdictRules(FilesWatch watch, Resource schemas) {
        return watch.followTable(schemas, "diagnosis-rules", VerdictRules::new, VerdictRules::replace);
    }

    @Bean
    DiagnosisSettings diagnosisSettings(HubProperties hub) {
        return hub.diagnosis();
    }

    @Bean
    TraceSettings traceSettings(HubProperties hub) {
        return hub.tracing();
    }

    @Bean
    BusinessSettings businessSettings(HubProperties hub) {
        return hub.business();
    }

    @Bean
    AlarmSettings alarmSettings(HubProperties hub) {
        return hub.alarms();
    }

    @Bean
    PeerSettings peerSettings(HubProperties hub) {
        return hub.peers();
    }

    @Bean
    SecuritySettings securitySettings(HubProperties hub) {
        return hub.security();
    }

    @Bean
    StandaloneSettings standaloneSettings(HubProperties hub) {
        return hub.standalone();
    }
}
