package org.relayhub.flow;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.relayhub.business.OwnBusiness;
import org.relayhub.business.ServiceAnswers;
import org.relayhub.delivery.lane.PeerAnswer;
import org.relayhub.delivery.lane.PeerCall;
import org.relayhub.directory.PartyEntry;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Answer;
import org.relayhub.message.RefusalException;
import org.relayhub.message.Response;
import org.relayhub.message.Serial;
import org.relayhub.message.codes.ResponseCodes;
import org.relayhub.ticket.Handlings;
import org.relayhub.ticket.Ledger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * The steps of the routes {@code business-query} and {@code business-handle}. A query is asked and, where nobody
 * answers, may be asked again; a handling is written down before the platform is called, and called once.
 */
public final class ServiceCalls {

    private static final Logger log = LoggerFactory.getLogger(ServiceCalls.class);

    private static final String QUERY_ANSWER = "BusinessQueryRsp";
    private static final String HANDLE_ANSWER = "BusinessHandleRsp";

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
        return call(query, null);
    }

    private PeerCall call(AddressedMessage message, @Nullable String transIdc) {
        PartyEntry platform = business.platform(message);
        return new PeerCall(platform, platform.form().render(message.canonical(), transIdc), true);
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
        if (answer instanceof PeerAnswer.Answered answered) {
            ServiceAnswers.fault(answered.document(), QUERY_ANSWER).ifPresent(fault -> {
                throw new RefusalException(
                        ResponseCodes.MALFORMED_ANSWER, platform + ": its answer breaks the schema: " + fault);
            });
            Response response = Objects.requireNonNull(answered.document().response());
            if (codes.of(response.rspCode(), response.rspType()).retry()) {
                throw new RefusalException(response.rspCode(), platform + ": " + response.rspDesc());
            }
            return answers.book(query, answers.of(answered.document()));
        }
        throw new RefusalException(failureCode(answer), platform + ": " + failure(answer));
    }

    /**
     * Writes a handling down before it is called. A ticket that it names must be one that the sender has a part in.
     *
     * @return its serial; or the answer, if it came before
     * @throws RefusalException 0103, 2901 or 2903
     */
    public Object begin(AddressedMessage handling) {
        PartyEntry platform = business.platform(handling);
        if (handling.indictSeq() != null) {
            ledger.checkQuery(handling);
        }
        // A call takes a connection and an answer, each within the party's timeout.
        Handlings.Start start =
                handlings.begin(handling, platform.party(), platform.timeout().multipliedBy(2));
        if (start instanceof Handlings.Start.Begun begun) {
            return begun.serial();
        }
        var earlier = (Handlings.Start.Earlier) start;
        return earlier.answer() == null
                ? unknown(earlier.serial(), earlier.receivedAt())
                : answers.read(earlier.answer());
    }

    /** The handling on its way to the platform, under the serial that {@link #begin} gave it. */
    public PeerCall order(
            @ExchangeProperty("message") AddressedMessage handling, @ExchangeProperty("serial") long serial) {
        return call(handling, Serial.of(serial));
    }

    /**
     * What became of a handling. Where nobody knows, 0102, and an operator finds it among the open ones.
     *
     * @throws RefusalException if the platform was not called: then the same message may be sent again
     */
    public Answer done(
            PeerAnswer answer,
            @ExchangeProperty("message") AddressedMessage handling,
            @ExchangeProperty("platform") String platform,
            @ExchangeProperty("serial") long serial) {
        if (answer instanceof PeerAnswer.NotTried
                || (answer instanceof PeerAnswer.Failed failed && !failed.mayHaveIt())) {
            handlings.notCalled(serial);
            throw new RefusalException(failureCode(answer), platform + ": " + failure(answer));
        }
        try {
            String doubt = doubt(answer);
            if (doubt == null) {
                Answer passedOn = answers.of(((PeerAnswer.Answered) answer).document());
                handlings.answered(serial, passedOn.code(), passedOn.description(), answers.write(handling, passedOn));
                return passedOn;
            }
            handlings.unknown(serial, doubt);
            log.warn("{}: {} did not say what became of a handling: {}", Serial.of(serial), platform, doubt);
        } catch (DataAccessException | TransactionException e) {
            // The book still says that it is under way, so it will be found; to say "try again" would double it.
            log.error("{}: what became of a handling could not be booked", Serial.of(serial), e);
        }
        return unknown(serial, clock.instant());
    }

    /** Why nobody knows what became of a handling; null if the platform has said it. */
    private static @Nullable String doubt(PeerAnswer answer) {
        return answer instanceof PeerAnswer.Answered answered
                ? ServiceAnswers.fault(answered.document(), HANDLE_ANSWER)
                        .map(fault -> "its answer breaks the schema: " + fault)
                        .orElse(null)
                : failure(answer);
    }

    private static Answer unknown(long serial, Instant at) {
        return new Answer(
                ResponseCodes.OUTCOME_UNKNOWN,
                Handlings.OUTCOME_UNKNOWN,
                Serial.of(serial),
                Serial.compactTime(at),
                null);
    }

    private static String failureCode(PeerAnswer answer) {
        if (answer instanceof PeerAnswer.Failed failed) {
            return failed.code();
        }
        return answer instanceof PeerAnswer.NotTried notTried ? notTried.code() : ResponseCodes.HUB_ERROR;
    }

    private static String failure(PeerAnswer answer) {
        if (answer instanceof PeerAnswer.Failed failed) {
            return failed.reason();
        }
        return answer instanceof PeerAnswer.NotTried notTried ? notTried.reason() : "no answer";
    }
}
