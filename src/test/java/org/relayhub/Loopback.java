package org.relayhub;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;

/** An HTTP server of a test on a free port of loopback. */
record Loopback(HttpServer server) {

    /** Connections that may wait to be taken. */
    private static final int BACKLOG = 200;

    static Loopback serving(HttpHandler handler, Executor threads) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
            server.createContext("/", handler);
            server.setExecutor(threads);
            server.start();
            return new Loopback(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/peer";
    }

    void stop() {
        server.stop(0);
    }
}
