package org.relayhub.directory.watch;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.codes.BrokenFileException;
import org.relayhub.message.codes.CodeTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.io.Resource;

/**
 * Keeps what was read from files as the files are: looks at each of them from time to time, and has what changed
 * replaced.
 *
 * <p>A further code table is followed by one bean. Its class has a constructor and a method {@code replace}, both of a
 * {@link CodeTable}: both read all of the table before they change anything, throw {@link CodeTable.Row#fault} where it
 * is broken, and keep what they have read in one volatile field.
 *
 * <pre>{@code
 * @Bean
 * DutyReasons dutyReasons(FilesWatch watch, Resource schemas) {
 *     return watch.followTable(schemas, "duty-reasons", DutyReasons::new, DutyReasons::replace);
 * }
 * }</pre>
 *
 * <p>That is all: the metric {@code hub.file.refused} and the log speak of each file that is followed.
 */
public final class FilesWatch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(FilesWatch.class);

    private final List<WatchedFile> files = new CopyOnWriteArrayList<>();
    private final Duration checkEvery;
    private @Nullable ScheduledExecutorService timer;

    /** @param checkEvery how often to look; nothing for never */
    public FilesWatch(Duration checkEvery) {
        this.checkEvery = checkEvery;
    }

    /**
     * Reads a file, and follows it from then on.
     *
     * @param read makes of the file's content what lives as long as the hub; what it throws stops the start
     * @param replace gives that a changed content, whole, and says how much it is, as in {@code 31 parties}. If the
     *     content is broken it throws, in a sentence with file and line, and has changed nothing. One thread calls it
     * @return what {@code read} has made
     * @throws BrokenFileException if the file cannot be read
     */
    public <T> T follow(Resource file, Function<byte[], T> read, BiFunction<T, byte[], String> replace) {
        byte[] content = WatchedFile.read(file);
        T live = read.apply(content);
        files.add(new WatchedFile(file, content, changed -> replace.apply(live, changed)));
        return live;
    }

    /**
     * Reads {@code codes/<name>.csv} of the {@code schemas} folder, and follows it from then on.
     *
     * @param schemas the folder, its location ending in a slash
     * @throws BrokenFileException if the file cannot be read or is broken
     * @see #follow
     */
    public <T> T followTable(
            Resource schemas, String name, Function<CodeTable, T> read, BiConsumer<T, CodeTable> replace) {
        return follow(
                CodeTable.file(schemas, name),
                content -> read.apply(CodeTable.parse(name, content)),
                (live, content) -> {
                    CodeTable table = CodeTable.parse(name, content);
                    replace.accept(live, table);
                    return table.rows().size() + " rows";
                });
    }

    /** The files that are followed. */
    public List<WatchedFile> files() {
        return List.copyOf(files);
    }

    /** Looks once at each file. */
    public void look() {
        for (WatchedFile file : files) {
            try {
                file.look();
            } catch (RuntimeException e) {
                // Whatever it was, nothing may end the looking.
                log.error("{} could not be taken in", file.name(), e);
            }
        }
    }

    @Override
    public void start() {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "files-watch");
            thread.setDaemon(true);
            return thread;
        });
        timer = started;
        if (!checkEvery.isZero()) {
            started.scheduleWithFixedDelay(
                    this::look, checkEvery.toMillis(), checkEvery.toMillis(), TimeUnit.MILLISECONDS);
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
