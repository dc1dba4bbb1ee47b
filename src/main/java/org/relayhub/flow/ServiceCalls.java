package org.relayhub.flow;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.ExchangeProperty;
import org.relayhub.business.OwnBusiness;
import org.relayhub.business.QueryPage;
import org.relayhub.delivery.lane.PeerAnswer;
import org.relayhub.delivery.lane.PeerCall;
import org.relayhub.directory.PartyEntry;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Answer;
import org.relayhub.message.Body;
import org.relayhub.message.Fault;
import org.relayhub.message.RefusalException;
import org.relayhub.message.Serial;
import org.relayhub.message.codes.ResponseCodes;
import org.relayhub.ticket.Handlings;
import org.relayhub.ticket.Ledger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of the routes {@code business-query} and {@code business-handle}. A query is asked and, where nobody
 * answers, may be asked again; a handling is written down before the platform is called, and called once.
 */
public final class ServiceCalls {

    private static final Logger log = LoggerFactory.getLogger(ServiceCalls.class);

    private static final String QUERY_ANSWER = "BusinessQueryRsp";
    private static final String HANDLE_ANSWER = "BusinessHandleRsp";

    /** With these a platform says that it has not begun. */
    private static final Set<String> TURNED_AWAY =
            Set.of(ResponseCodes.HOME_DISABLED, ResponseCodes.CONGESTION, ResponseCodes.HOME_OUT_OF_ORDER);

    private final OwnBusiness business;
    private final Ledger ledger;
    private final Handlings handlings;
    private final HomeAnswers answers;
    private final ResponseCodes codes;
    private final Clock clock;

    public ServiceCalls(
            OwnBusiness business,
            Ledger ledger,
            Handlings handlings,
            HomeAnswers answers,
            ResponseCodes codes,
            Clock clock) {
        this.business = business;
        this.ledger = ledger;
        this.handlings = handlings;
        this.answers = answers;
        this.codes = codes;
        this.clock = clock;
    }

    /** The query on its way to the platform. */
    public PeerCall ask(@ExchangeProperty("message") AddressedMessage query) {
        PartyEntry platform = business.platform(query);
        return new PeerCall(platform, platform.form().render(query.canonical(), null), true);
    }

    /**
     * What the platform has answered to a query, booked as the answer to its TransIDO.
     *
     * @throws RefusalException if there is none to pass on: then the same message may be sent again
     */
    public Answer answered(
            PeerAnswer answer,
            @ExchangeProperty("message") AddressedMessage query,
            @ExchangeProperty("platform") String platform) {
        Optional<Fault> fault = answer.whyNot(QUERY_ANSWER).or(() -> misshapen(answer));
        if (fault.isPresent() && !answer.isFinalRefusal(codes)) {
            throw new RefusalException(fault.get().of(platform));
        }
        return answers.book(query, answers.of(((PeerAnswer.Answered) answer).document()));
    }

    private static Optional<Fault> misshapen(PeerAnswer answer) {
        Body page = ((PeerAnswer.Answered) answer).document().requireBody();
        return QueryPage.fault(page)
                .map(fault -> new Fault(ResponseCodes.MALFORMED_ANSWER, "its answer breaks the schema: " + fault));
    }

    /**
     * A handling that the book has.
     *
     * @param call how it is called, once
     */
    public record Order(long serial, String platform, PeerCall call) {}

    /**
     * Writes a handling down before it is called. A ticket that it names must be one that the sender has a part in.
     *
     * @return the {@link Order}; or the {@link Answer}, if it has come meanwhile
     * @throws RefusalException 0103, 2901 or 2903
     */
    public Object begin(@ExchangeProperty("message") AddressedMessage handling) {
        PartyEntry platform = business.platform(handling);
        if (handling.indictSeq() != null) {
            ledger.checkQuery(handling);
        }
        // A call takes a connection and an answer, each within the party's timeout.
        Handlings.Start start =
                handlings.begin(handling, platform.party(), platform.timeout().multipliedBy(2));
        if (start instanceof Handlings.Start.Repeated repeated) {
            return answers.first(repeated.first());
        }
        long serial = ((Handlings.Start.Begun) start).serial();
        String document = platform.form().render(handling.canonical(), Serial.of(serial));
        return new Order(serial, platform.party().toString(), new PeerCall(platform, document, true));
    }

    /**
     * What became of a handling. Where nobody knows, 0102, and an operator finds it among the open ones. Nothing that fails
     * here may look like an invitation to send it again.
     *
     * @throws RefusalException if the platform was not called, or has turned it away before it looked at it: then the same
     *     message may be sent again
     */
    public Answer done(
            PeerAnswer answer,
            @ExchangeProperty("message") AddressedMessage handling,
            @ExchangeProperty("order") Order order) {
        try {
            Optional<Fault> notDone = notDone(answer);
            if (notDone.isPresent()) {
                handlings.notCalled(order.serial());
                throw new RefusalException(notDone.get().of(order.platform()));
            }
            Optional<String> doubt = doubt(answer);
            if (doubt.isEmpty()) {
                Answer passedOn = answers.of(((PeerAnswer.Answered) answer).document());
                handlings.answered(
                        order.serial(), passedOn.code(), passedOn.description(), answers.write(handling, passedOn));
                return passedOn;
            }
            handlings.unknown(order.serial(), doubt.get());
            log.warn(
                    "{}: {} did not say what became of a handling: {}",
                    Serial.of(order.serial()),
                    order.platform(),
                    doubt.get());
        } catch (RefusalException e) {
            throw e;
        } catch (RuntimeException e) {
            // The book still says that it is under way, so it will be found; to say "try again" would double it.
            log.error("{}: what became of a handling could not be booked", Serial.of(order.serial()), e);
        }
        return HomeAnswers.inDoubt(order.serial(), clock.instant(), Handlings.OUTCOME_UNKNOWN);
    }

    /** Why the platform has certainly not done it: it was not reached, or is too busy or away by its own word. */
    private static Optional<Fault> notDone(PeerAnswer answer) {
        return answer.whyNot(HANDLE_ANSWER)
                .filter(fault -> !answer.mayHaveIt()
                        || (answer instanceof PeerAnswer.Answered && TURNED_AWAY.contains(fault.code())));
    }

    /** Why nobody knows what became of a handling; empty if the platform has said it for good. */
    private Optional<String> doubt(PeerAnswer answer) {
        if (answer.isFinalRefusal(codes)) {
            return Optional.empty();
        }
        // A party's own words may name a customer; its code is enough: it does not know itself, or has failed half-way.
        return answer.whyNot(HANDLE_ANSWER)
                .map(fault ->
                        answer instanceof PeerAnswer.Answered && !fault.code().equals(ResponseCodes.MALFORMED_ANSWER)
                                ? "it answered " + fault.code()
                                : fault.description());
    }
}
