package org.relayhub.flow;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.relayhub.business.OwnBusiness;
import org.relayhub.business.ServiceAnswers;
import org.relayhub.delivery.lane.PeerAnswer;
import org.relayhub.delivery.lane.PeerCall;
import org.relayhub.directory.PartyEntry;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Answer;
import org.relayhub.message.Fault;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.RefusalException;
import org.relayhub.message.Response;
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
        answer.failure().ifPresent(failure -> {
            throw new RefusalException(failure.code(), platform + ": " + failure.description());
        });
        InterBossDocument document = ((PeerAnswer.Answered) answer).document();
        ServiceAnswers.fault(document, QUERY_ANSWER).ifPresent(fault -> {
            throw new RefusalException(
                    ResponseCodes.MALFORMED_ANSWER, platform + ": its answer breaks the schema: " + fault);
        });
        Response response = Objects.requireNonNull(document.response());
        if (codes.of(response.rspCode(), response.rspType()).retry()) {
            throw new RefusalException(response.rspCode(), platform + ": " + response.rspDesc());
        }
        return answers.book(query, answers.of(document));
    }

    /**
     * What was answered when this handling came before; null if it is new. It is looked for before anything else: whatever
     * the catalogue or the platform has become meanwhile, a handling that may have been done is not refused.
     *
     * @throws RefusalException 0103 if the sender has used the TransIDO for another content
     */
    public @Nullable Answer findEarlier(AddressedMessage handling) {
        return handlings.find(handling).map(this::earlier).orElse(null);
    }

    private Answer earlier(Handlings.Start.Earlier earlier) {
        if (earlier.answer() != null) {
            return answers.read(earlier.answer());
        }
        return unknown(
                earlier.serial(),
                earlier.receivedAt(),
                earlier.underWay() ? Handlings.UNDER_WAY : Handlings.OUTCOME_UNKNOWN);
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
        if (start instanceof Handlings.Start.Earlier earlier) {
            return earlier(earlier);
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
                Fault fault = notDone.get();
                throw new RefusalException(fault.code(), order.platform() + ": " + fault.description());
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
        return unknown(order.serial(), clock.instant(), Handlings.OUTCOME_UNKNOWN);
    }

    /** Why the platform has certainly not done it: it was not reached, or is too busy or away by its own word. */
    private static Optional<Fault> notDone(PeerAnswer answer) {
        if (!answer.mayBeKnown()) {
            return answer.failure();
        }
        return answer instanceof PeerAnswer.Answered answered
                ? Optional.ofNullable(answered.document().response())
                        .filter(response -> TURNED_AWAY.contains(response.rspCode()))
                        .map(response -> new Fault(response.rspCode(), response.rspDesc()))
                : Optional.empty();
    }

    /** Why nobody knows what became of a handling; empty if the platform has said it for good. */
    private Optional<String> doubt(PeerAnswer answer) {
        if (!(answer instanceof PeerAnswer.Answered answered)) {
            return Optional.of(answer.failure().map(Fault::description).orElse("no answer"));
        }
        Response response = Objects.requireNonNull(answered.document().response());
        if (codes.of(response.rspCode(), response.rspType()).retry()) {
            // It does not know itself, or has failed half-way.
            return Optional.of("it answered " + response.rspCode());
        }
        return ServiceAnswers.fault(answered.document(), HANDLE_ANSWER)
                .map(fault -> "its answer breaks the schema: " + fault);
    }

    private static Answer unknown(long serial, Instant at, String description) {
        return new Answer(ResponseCodes.OUTCOME_UNKNOWN, description, Serial.of(serial), Serial.compactTime(at), null);
    }
}
