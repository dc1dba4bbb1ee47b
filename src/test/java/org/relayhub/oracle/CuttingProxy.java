package org.relayhub.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A line to a server on loopback that can be cut, or fall silent, and be mended. */
final class CuttingProxy implements AutoCloseable {

    private static final int BUFFER = 16 * 1024;

    private enum State {
        WELL,
        /** Connections are closed, and new ones at once. */
        CUT,
        /** Connections stay, and nothing comes through. */
        SILENT
    }

    private final int target;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        var thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        return thread;
    });
    private volatile State state = State.WELL;

    CuttingProxy(int target) {
        this.target = target;
        try {
            door = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    void cut() {
        change(State.CUT);
        closeAll();
    }

    void silence() {
        change(State.SILENT);
    }

    /** What was held back meanwhile goes on; what was cut must be connected again. */
    void mend() {
        change(State.WELL);
    }

    private synchronized void change(State next) {
        state = next;
        notifyAll();
    }

    private synchronized void awaitSound() throws InterruptedException {
        while (state == State.SILENT) {
            wait();
        }
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket caller = door.accept();
                if (state == State.CUT) {
                    caller.close();
                } else {
                    threads.execute(() -> connect(caller));
                }
            } catch (IOException e) {
                // Closed, or a caller that was gone again.
                continue;
            }
        }
    }

    private void connect(Socket caller) {
        try {
            awaitSound();
            var server = new Socket();
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            open.add(caller);
            open.add(server);
            threads.execute(() -> pass(caller, server));
            threads.execute(() -> pass(server, caller));
        } catch (IOException e) {
            close(caller);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitSound();
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // An end that is closed ends the other, too.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close(from);
            close(to);
        }
    }

    private void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void closeAll() {
        Set.copyOf(open).forEach(this::close);
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        mend();
        closeAll();
        threads.shutdownNow();
    }
}
