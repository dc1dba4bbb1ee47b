package org.relayhub.delivery.lane;

import static org.relayhub.message.codes.ResponseCodes.CONGESTION;
import static org.relayhub.message.codes.ResponseCodes.HOME_DISABLED;
import static org.relayhub.message.codes.ResponseCodes.HOME_ERROR;
import static org.relayhub.message.codes.ResponseCodes.HOME_OUT_OF_ORDER;
import static org.relayhub.message.codes.ResponseCodes.HUB_ERROR;
import static org.relayhub.message.codes.ResponseCodes.MALFORMED_ANSWER;
import static org.relayhub.message.codes.ResponseCodes.PEER_TIMEOUT;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import jakarta.jms.JMSException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.List;
import java.util.Set;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.ExchangeTimedOutException;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.apache.camel.util.ObjectHelper;
import org.apache.cxf.binding.soap.SoapFault;
import org.apache.cxf.transport.http.HTTPException;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.MalformedDocumentException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jms.JmsException;
import org.springframework.web.client.RestClientResponseException;

/** Says in the hub's words what came of a call. */
public final class PeerAnswers {

    private static final Logger log = LoggerFactory.getLogger(PeerAnswers.class);

    /** With these a server turns a caller away before it looks at what it sent. */
    private static final Set<Integer> TURNED_AWAY = Set.of(401, 403, 404, 405, 413, 415, 429);

    /** With these the connection failed before anything was sent. */
    private static final List<Class<? extends IOException>> NOT_REACHED =
            List.of(ConnectException.class, HttpConnectTimeoutException.class, UnknownHostException.class);

    /** What an adapter brought: the party's answer, or that a broker has the message. */
    public PeerAnswer answered(Object brought) {
        return brought instanceof PeerAnswer answer ? answer : document((InterBossDocument) brought);
    }

    private static PeerAnswer document(InterBossDocument document) {
        if (document.headerFault() != null) {
            return new PeerAnswer.Failed(
                    MALFORMED_ANSWER,
                    "its answer breaks the schema: " + document.headerFault().description());
        }
        if (document.response() == null) {
            return new PeerAnswer.Failed(MALFORMED_ANSWER, "it answered with a request");
        }
        return new PeerAnswer.Answered(document);
    }

    /** Why there is no answer. */
    public PeerAnswer failed(@ExchangeProperty("CamelExceptionCaught") Throwable failure) {
        for (Class<? extends IOException> type : NOT_REACHED) {
            IOException unreachable = ObjectHelper.getException(type, failure);
            if (unreachable != null) {
                return new PeerAnswer.Failed(
                        PEER_TIMEOUT,
                        "it could not be connected to, "
                                + unreachable.getClass().getSimpleName(),
                        false);
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CallNotPermittedException) {
                return new PeerAnswer.NotTried(HOME_OUT_OF_ORDER, "left alone after failures, its circuit is open");
            }
            if (cause instanceof PartyBusyException) {
                return new PeerAnswer.NotTried(CONGESTION, String.valueOf(cause.getMessage()));
            }
            if (cause instanceof DirectConsumerNotAvailableException) {
                return new PeerAnswer.NotTried(HOME_OUT_OF_ORDER, "its lane is stopped");
            }
            if (cause instanceof SocketTimeoutException
                    || cause instanceof HttpTimeoutException
                    || cause instanceof ExchangeTimedOutException) {
                return new PeerAnswer.Failed(PEER_TIMEOUT, "no answer in time");
            }
            if (cause instanceof MalformedDocumentException) {
                return new PeerAnswer.Failed(MALFORMED_ANSWER, "its answer is no document: " + cause.getMessage());
            }
            // CXF makes a fault of a connection that failed, too.
            if (cause instanceof SoapFault fault && ObjectHelper.getException(IOException.class, fault) == null) {
                return new PeerAnswer.Failed(
                        MALFORMED_ANSWER,
                        "it answered with a SOAP fault, " + fault.getFaultCode().getLocalPart());
            }
            if (cause instanceof HTTPException http) {
                return status(http.getResponseCode());
            }
            if (cause instanceof RestClientResponseException http) {
                return status(http.getStatusCode().value());
            }
            if (cause instanceof JMSException || cause instanceof JmsException) {
                return new PeerAnswer.Failed(
                        PEER_TIMEOUT,
                        "the broker did not take it, " + cause.getClass().getSimpleName());
            }
            if (cause instanceof IOException) {
                return new PeerAnswer.Failed(
                        PEER_TIMEOUT,
                        "the connection failed, " + cause.getClass().getSimpleName());
            }
        }
        // Not the party's doing: it is said once for each try, with its cause, until somebody mends it.
        log.error("A call failed in the hub itself", failure);
        return new PeerAnswer.Failed(
                HUB_ERROR, "the call failed in the hub, " + failure.getClass().getSimpleName());
    }

    private static PeerAnswer status(int status) {
        return new PeerAnswer.Failed(
                status >= 500 ? HOME_ERROR : HOME_DISABLED,
                "it answered HTTP " + status,
                status >= 500 || !TURNED_AWAY.contains(status));
    }
}
