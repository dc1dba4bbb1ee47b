package org.relayhub;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports that nobody listens on, of a range of this process's own: below those that the system gives to whoever calls, so that
 * a port which is free now is not another's a moment later, and apart from those of a test that runs beside this one.
 */
public final class FreePort {

    private static final int FIRST = 10_000;
    private static final int PORTS_OF_A_FORK = 4_000;
    private static final int FORKS = 5;

    private static final int BASE = FIRST + Integer.getInteger("test.fork", 0) % FORKS * PORTS_OF_A_FORK;

    /** Not from the beginning: what another run on this machine has just taken is rather not asked for. */
    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 37 % PORTS_OF_A_FORK));

    private FreePort() {}

    /** Another one each time. */
    public static int any() {
        for (int tries = 0; tries < PORTS_OF_A_FORK; tries++) {
            int port = BASE + NEXT.getAndIncrement() % PORTS_OF_A_FORK;
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no port is free from " + BASE + " on");
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port)) {
            return socket.getLocalPort() == port;
        } catch (IOException e) {
            return false;
        }
    }
}
