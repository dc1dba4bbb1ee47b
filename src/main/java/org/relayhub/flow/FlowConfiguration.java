package org.relayhub.flow;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.relayhub.business.OwnBusiness;
import org.relayhub.delivery.Dispatcher;
import org.relayhub.diagnosis.Diagnoses;
import org.relayhub.diagnosis.DiagnosisSettings;
import org.relayhub.directory.Directory;
import org.relayhub.message.codec.DocumentReader;
import org.relayhub.message.codec.DocumentWriter;
import org.relayhub.message.codec.ResponseDocument;
import org.relayhub.message.codes.ActivityCodes;
import org.relayhub.message.codes.ResponseCodes;
import org.relayhub.message.codes.ServiceCatalogue;
import org.relayhub.ticket.Handlings;
import org.relayhub.ticket.Ledger;
import org.relayhub.ticket.SenderNotice;
import org.relayhub.ticket.Tickets;
import org.relayhub.ticket.refusal.RefusalLog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans that routes call by name. */
@Configuration(proxyBeanMethods = false)
class FlowConfiguration {

    /** Camel finds it by its type. */
    @Bean
    TrailedSteps trailedSteps() {
        return new TrailedSteps();
    }

    @Bean
    Acceptance acceptance(Ledger ledger, RefusalLog refusals, Clock clock) {
        return new Acceptance(ledger, refusals, clock);
    }

    @Bean
    DeadLetters deadLetters(SenderNotice notice, Dispatcher dispatcher) {
        return new DeadLetters(notice, dispatcher);
    }

    @Bean
    HomeAnswers homeAnswers(
            ActivityCodes activities,
            Ledger ledger,
            Handlings handlings,
            DocumentReader reader,
            ResponseDocument documents,
            Clock clock) {
        return new HomeAnswers(activities, ledger, handlings, reader, documents, clock);
    }

    @Bean
    TicketQuery ticketQuery(
            Ledger ledger,
            Tickets tickets,
            Directory directory,
            HomeAnswers answers,
            ResponseCodes codes,
            MeterRegistry meters) {
        return new TicketQuery(ledger, tickets, directory, answers, codes, meters);
    }

    @Bean
    ServiceCalls serviceCalls(
            OwnBusiness business,
            Ledger ledger,
            Handlings handlings,
            HomeAnswers answers,
            ResponseCodes codes,
            Clock clock) {
        return new ServiceCalls(business, ledger, handlings, answers, codes, clock);
    }

    @Bean
    Pretreatment pretreatment(
            Directory directory,
            ServiceCatalogue services,
            Ledger ledger,
            Tickets tickets,
            Diagnoses diagnoses,
            DiagnosisSettings settings,
            DocumentWriter writer,
            Clock clock) {
        return new Pretreatment(directory, services, ledger, tickets, diagnoses, settings, writer, clock);
    }
}
