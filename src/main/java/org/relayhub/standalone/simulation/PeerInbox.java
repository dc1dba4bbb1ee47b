package org.relayhub.standalone.simulation;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.MalformedDocumentException;
import org.relayhub.message.Party;
import org.relayhub.standalone.simulation.line.HttpWire;
import org.relayhub.standalone.simulation.peer.Peers;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Where the hub calls the simulated peers over HTTP, each by its own transport: at {@code /sim/<PARTY>}. */
final class PeerInbox implements DisposableBean {

    private static final Duration BEYOND_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration LATEST = Duration.ofSeconds(25);

    private final Peers peers;
    private final Reception reception;
    private final Map<String, HttpWire> wires;

    /** One thread for all: what it does at its time is to let go, the server's own threads write. */
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "simulation-answers");
        thread.setDaemon(true);
        return thread;
    });

    /** @param wires by the transport that {@code parties.yaml} names */
    PeerInbox(Peers peers, Reception reception, Map<String, HttpWire> wires) {
        this.peers = peers;
        this.reception = reception;
        this.wires = wires;
    }

    /** Answers one call; 404 where no such party is simulated, or not over HTTP. */
    ServerResponse exchange(ServerRequest request) throws IOException, ServletException {
        Optional<Peers.Peer> peer = peer(request.pathVariable("party"));
        @Nullable
        HttpWire wire = peer.map(found -> wires.get(found.entry().transport())).orElse(null);
        if (peer.isEmpty() || wire == null) {
            return ServerResponse.notFound().build();
        }
        InterBossDocument document;
        try (InputStream body = request.servletRequest().getInputStream()) {
            document = wire.readRequest(String.valueOf(request.servletRequest().getContentType()), body);
        } catch (MalformedDocumentException e) {
            return response(HttpStatus.BAD_REQUEST, wire.clientFault());
        }
        Peers.Peer found = peer.get();
        Reception.Answered answered = reception.take(found.entry().party(), found.behaviour(), document);
        ServerResponse response =
                response(HttpStatus.OK, wire.response(found.entry().form().render(answered.canonical(), null)));
        if (answered.late()) {
            return after(tooLate(found.entry().timeout()), response);
        }
        return answered.after().isZero() ? response : after(answered.after(), response);
    }

    private Optional<Peers.Peer> peer(String name) {
        try {
            return peers.find(Party.of(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static ServerResponse response(HttpStatus status, HttpWire.Content content) {
        return ServerResponse.status(status)
                .contentType(MediaType.parseMediaType(content.type()))
                .body(content.bytes());
    }

    private static Duration tooLate(Duration timeout) {
        Duration wait = timeout.plus(BEYOND_TIMEOUT);
        return wait.compareTo(LATEST) < 0 ? wait : LATEST;
    }

    /** Waits without a thread, so that many slow answers cost the hub's own callers nothing. */
    private ServerResponse after(Duration wait, ServerResponse response) {
        var answer = new CompletableFuture<ServerResponse>();
        timer.schedule(() -> answer.complete(response), wait.toNanos(), TimeUnit.NANOSECONDS);
        return ServerResponse.async(answer);
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
    }
}
