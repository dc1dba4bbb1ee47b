package org.relayhub.standalone.simulation;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.MalformedDocumentException;
import org.relayhub.message.Party;
import org.relayhub.standalone.simulation.peer.Peers;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Where the hub calls the simulated peers: SOAP over HTTP at {@code /sim/<PARTY>}. */
final class PeerInbox {

    private static final Duration BEYOND_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration LATEST = Duration.ofSeconds(25);
    private static final MediaType XML = MediaType.parseMediaType(SoapEnvelope.CONTENT_TYPE);

    private final Peers peers;
    private final Reception reception;
    private final SoapEnvelope envelope;

    PeerInbox(Peers peers, Reception reception, SoapEnvelope envelope) {
        this.peers = peers;
        this.reception = reception;
        this.envelope = envelope;
    }

    /** Answers one call; 404 where no such party is simulated. */
    ServerResponse exchange(ServerRequest request) throws IOException, ServletException {
        Optional<Peers.Peer> peer = peer(request.pathVariable("party"));
        if (peer.isEmpty()) {
            return ServerResponse.notFound().build();
        }
        InterBossDocument document;
        try (InputStream body = request.servletRequest().getInputStream()) {
            document = envelope.open(body);
        } catch (MalformedDocumentException e) {
            return response(HttpStatus.BAD_REQUEST, SoapEnvelope.clientFault());
        }
        Peers.Peer found = peer.get();
        Reception.Answered answered = reception.take(found.entry().party(), found.behaviour(), document);
        ServerResponse response =
                response(HttpStatus.OK, SoapEnvelope.wrap(found.entry().form().render(answered.canonical(), null)));
        return answered.late() ? late(response, found.entry().timeout()) : response;
    }

    private Optional<Peers.Peer> peer(String name) {
        try {
            return peers.find(Party.of(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static ServerResponse response(HttpStatus status, String body) {
        return ServerResponse.status(status).contentType(XML).body(body.getBytes(StandardCharsets.UTF_8));
    }

    /** Waits without a thread, so that many late answers cost the hub's own callers nothing. */
    private static ServerResponse late(ServerResponse response, Duration timeout) {
        Duration wait = timeout.plus(BEYOND_TIMEOUT);
        long millis = Math.min(wait.toMillis(), LATEST.toMillis());
        return ServerResponse.async(CompletableFuture.supplyAsync(
                () -> response, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)));
    }
}
