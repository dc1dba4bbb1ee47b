package org.relayhub;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** An HTTP server of a test on a free port of loopback. */
record Loopback(HttpServer server) {

    /** Connections that may wait to be taken. */
    private static final int BACKLOG = 200;

    static Loopback serving(HttpHandler handler, Executor threads) {
        return serving(handler, threads, null);
    }

    /** @param tls with what it serves HTTPS, to those alone who show a certificate that it trusts; null for HTTP */
    static Loopback serving(HttpHandler handler, Executor threads, @Nullable SSLContext tls) {
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            HttpServer server = tls == null ? HttpServer.create(address, BACKLOG) : asking(address, tls);
            server.createContext("/", handler);
            server.setExecutor(threads);
            server.start();
            return new Loopback(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpServer asking(InetSocketAddress address, SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create(address, BACKLOG);
        server.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters connection) {
                SSLParameters needing = tls.getDefaultSSLParameters();
                needing.setNeedClientAuth(true);
                connection.setSSLParameters(needing);
            }
        });
        return server;
    }

    String address() {
        return (server instanceof HttpsServer ? "https" : "http") + "://127.0.0.1:"
                + server.getAddress().getPort() + "/peer";
    }

    void stop() {
        server.stop(0);
    }
}
