package org.relayhub.directory;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Party;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Looks whether {@code parties.yaml} has changed, and has the directory replaced. A file that is still being written is
 * waited for: only what two looks in a row have found is read. A broken one changes nothing.
 */
public final class PartiesWatch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(PartiesWatch.class);

    private static final byte[] NOTHING = {};

    private final DirectoryFiles files;
    private final Consumer<Collection<PartyEntry>> check;
    private final Directory directory;
    private final Duration checkEvery;
    private byte[] inEffect;
    private byte[] refused = NOTHING;
    private byte[] seen;
    private @Nullable ScheduledExecutorService timer;
    private volatile @Nullable String refusal;

    /**
     * @param check throws whatever there is against the entries of a changed file, in a sentence
     * @param checkEvery how often to look; nothing for never
     */
    public PartiesWatch(
            DirectoryFiles files, Consumer<Collection<PartyEntry>> check, Directory directory, Duration checkEvery) {
        this.files = files;
        this.check = check;
        this.directory = directory;
        this.checkEvery = checkEvery;
        this.inEffect = files.readFirst();
        this.seen = inEffect;
    }

    /** Why the file as it is now is not in effect; empty if it is. */
    public Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Looks once. */
    void look() {
        byte[] found;
        try {
            found = files.readParties();
        } catch (DirectoryException e) {
            refuse(e);
            return;
        }
        boolean settled = Arrays.equals(found, seen);
        seen = found;
        if (Arrays.equals(found, inEffect)) {
            refused = NOTHING;
            refusal = null;
            return;
        }
        if (!settled || Arrays.equals(found, refused)) {
            return;
        }
        try {
            Map<Party, PartyEntry> entries = files.parties(found);
            check.accept(entries.values());
            directory.replace(entries);
            inEffect = found;
            refusal = null;
            log.info(
                    "parties.yaml has changed and is in effect: {} parties",
                    directory.parties().size());
        } catch (RuntimeException e) {
            refused = found;
            refuse(e);
        }
    }

    private void refuse(RuntimeException e) {
        String sentence = String.valueOf(e.getMessage());
        if (!sentence.equals(refusal)) {
            log.error("{}; the parties stay as they were", sentence);
        }
        refusal = sentence;
    }

    private void turn() {
        try {
            look();
        } catch (RuntimeException e) {
            // Whatever it was, nothing may end the looking.
            log.error("parties.yaml could not be taken in", e);
        }
    }

    @Override
    public void start() {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "parties-watch");
            thread.setDaemon(true);
            return thread;
        });
        timer = started;
        if (!checkEvery.isZero()) {
            started.scheduleWithFixedDelay(
                    this::turn, checkEvery.toMillis(), checkEvery.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void stop() {
        if (timer != null) {
            timer.shutdownNow();
        }
        timer = null;
    }

    @Override
    public boolean isRunning() {
        return timer != null;
    }
}
