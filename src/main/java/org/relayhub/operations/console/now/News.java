package org.relayhub.operations.console.now;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells open pages when to look again (server-sent events). While no page is open it does nothing. It says nothing of
 * what is new: a page asks for that in its own reader's name.
 */
final class News implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(3);
    /** A browser asks again by itself; so a reader who has lost the right to ask is not told any more. */
    private static final Duration LONGEST = Duration.ofMinutes(10);
    /** Beyond this a page is not told, and its reader loads it again. */
    private static final int MOST = 200;

    private final Set<SseEmitter> pages = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "console-news");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable ScheduledFuture<?> ticking;

    /** Tells a page from now on; null if too many are told already. */
    synchronized @Nullable SseEmitter open() {
        if (pages.size() >= MOST) {
            return null;
        }
        var page = new SseEmitter(LONGEST.toMillis());
        page.onCompletion(() -> forget(page));
        page.onError(failure -> forget(page));
        page.onTimeout(page::complete);
        pages.add(page);
        if (ticking == null) {
            ticking =
                    timer.scheduleWithFixedDelay(this::tell, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
        }
        return page;
    }

    private synchronized void forget(SseEmitter page) {
        pages.remove(page);
        ScheduledFuture<?> running = ticking;
        if (pages.isEmpty() && running != null) {
            running.cancel(false);
            ticking = null;
        }
    }

    private void tell() {
        for (SseEmitter page : pages) {
            try {
                page.send(SseEmitter.event().name("now").data(""));
            } catch (IOException | IllegalStateException e) {
                // Its reader has gone.
                forget(page);
            }
        }
    }

    /** Before the server waits for what is under way: an open page would never end. */
    @Override
    @EventListener(ContextClosedEvent.class)
    public void close() {
        timer.shutdownNow();
        pages.forEach(SseEmitter::complete);
    }
}
