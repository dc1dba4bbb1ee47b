package org.relayhub.operations.jmx;

import java.util.List;
import java.util.stream.Stream;
import org.relayhub.operations.desk.PersonalData;
import org.relayhub.operations.desk.Story;
import org.relayhub.security.Caller;
import org.relayhub.ticket.Ticket;
import org.relayhub.ticket.Tickets;
import org.springframework.jmx.export.annotation.ManagedOperation;
import org.springframework.jmx.export.annotation.ManagedOperationParameter;
import org.springframework.jmx.export.annotation.ManagedResource;

/** Where a ticket is and what became of it. Reads only. */
@ManagedResource(objectName = "org.relayhub:type=Ticket", description = "Tickets: where they are, and their story 工单全程")
public final class TicketBean {

    private static final int FOUND = 20;

    private final Tickets tickets;
    private final Story story;

    TicketBean(Tickets tickets, Story story) {
        this.tickets = tickets;
        this.story = story;
    }

    /** A ticket's legs and all that came in or went out about it, a line each. */
    @ManagedOperation(
            description = "Who has it, its legs, and what came in and went out, on which try and with which answer")
    @ManagedOperationParameter(name = "indictSeq", description = "as in 20260301CSVC2500000001")
    public List<String> story(String indictSeq) {
        Ticket ticket =
                tickets.find(indictSeq).orElseThrow(() -> new IllegalArgumentException("No such ticket is known."));
        PersonalData personal = PersonalData.seenBy(Caller.current());
        return Stream.of(
                        Stream.of("%s is with %s: %s".formatted(indictSeq, ticket.currentNode(), ticket.status())),
                        ticket.legs().stream().map(leg -> "leg %s -> %s: %s, round %d, urges %d, due %s"
                                .formatted(
                                        leg.upstream(),
                                        leg.downstream(),
                                        leg.state(),
                                        leg.round(),
                                        leg.urges(),
                                        leg.due())),
                        story.of(indictSeq, personal).stream().map(line -> "%s %s %s -> %s %s %s: %s%s"
                                .formatted(
                                        line.at(),
                                        line.direction(),
                                        line.from(),
                                        line.to(),
                                        line.activity(),
                                        line.transIdo(),
                                        line.result(),
                                        line.nextTryAt() == null ? "" : ", next try " + line.nextTryAt())))
                .flatMap(lines -> lines)
                .toList();
    }

    /** The newest tickets of a customer. */
    @ManagedOperation(description = "The newest tickets of a phone number, and who has them")
    @ManagedOperationParameter(name = "number", description = "11 digits")
    public List<String> find(String number) {
        if (!number.matches("[0-9]{11}")) {
            throw new IllegalArgumentException("A number has 11 digits.");
        }
        return tickets.find(Tickets.Search.ofNumber(number), 0, FOUND).stream()
                .map(ticket -> "%s %s, with %s".formatted(ticket.indictSeq(), ticket.status(), ticket.currentNode()))
                .toList();
    }
}
