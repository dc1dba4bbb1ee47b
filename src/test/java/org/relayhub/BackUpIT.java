package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.message.Activity;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Party;

/**
 * What {@code docs/installation.md} says of back-ups, with PostgreSQL's own programs: those of the newest PostgreSQL that is
 * installed, server and all, since they refuse a newer server. Skipped where none is.
 */
class BackUpIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Party CRM = Party.of("CRM-100");
    private static final Party CSVC = Party.of("CSVC-000");

    private final Path folder;
    private final int port = FreePort.any();
    private final AtomicInteger tickets = new AtomicInteger();
    /** Of which others know what they stand for. */
    private final Set<String> serials = ConcurrentHashMap.newKeySet();

    BackUpIT(@TempDir Path folder) {
        this.folder = folder;
    }

    private static @Nullable Path programs() throws IOException {
        Path installed = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(installed)) {
            return null;
        }
        try (Stream<Path> versions = Files.list(installed)) {
            return versions.filter(version -> Files.isExecutable(version.resolve("bin/initdb"))
                            && Files.isExecutable(version.resolve("bin/pg_dump")))
                    .max(Comparator.comparingInt(version -> Integer.parseInt(String.valueOf(version.getFileName()))))
                    .map(version -> version.resolve("bin"))
                    .orElse(null);
        }
    }

    /** A server of PostgreSQL does not run as root; without a name in a name space of its own nobody is. */
    private static void run(Path bin, String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(bin.resolve(program).toString());
        command.addAll(List.of(arguments));
        Programs.run(command.toArray(String[]::new));
    }

    private String[] at(String... arguments) {
        return Stream.concat(
                        Stream.of("-h", "127.0.0.1", "-p", String.valueOf(port), "-U", "postgres"),
                        Stream.of(arguments))
                .toArray(String[]::new);
    }

    private HubProcess hub(String name, String database, String csvc) throws IOException {
        return ProductionHub.start(
                Files.createDirectories(folder.resolve(name)),
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=postgres",
                "{CRM-100: {}, CSVC-000: {address: '" + csvc + "', concurrency: 16}}",
                List.of("--hub.delivery.retry.first=200ms", "--hub.delivery.retry.longest=1s"));
    }

    private AddressedMessage newDispatch() {
        return Messages.message(
                Activity.DISPATCH, CRM, CSVC, "20261122CSVC100%07d".formatted(tickets.incrementAndGet()));
    }

    /** Whether a hub takes it; the serial that it gives is kept. */
    private boolean isAccepted(HubProcess hub, AddressedMessage message) {
        try {
            SoapCaller.Reply reply =
                    new SoapCaller(hub.port(), ProductionHub.PASSWORD).send("crm-100", message.canonical());
            serials.add(reply.transIdh());
            return reply.code().equals("0000");
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    private static int story(HubProcess hub, AddressedMessage message) throws Exception {
        return hub.status("/api/tickets/" + message.indictSeq());
    }

    @Test
    void a_hub_on_what_was_backed_up_under_work_delivers_what_waited_and_knows_each_ticket() throws Exception {
        Path bin = programs();
        assumeTrue(bin != null, "no server of PostgreSQL is installed here");
        Programs.require("unshare");
        Path cluster = folder.resolve("cluster");
        run(
                Objects.requireNonNull(bin),
                "initdb",
                "-D",
                cluster.toString(),
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
                "-N");
        run(
                bin,
                "pg_ctl",
                "-D",
                cluster.toString(),
                "-w",
                "-l",
                folder.resolve("postgres.log").toString(),
                "-o",
                "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off",
                "start");
        try (var csvc = new RecordingPeer()) {
            run(bin, "createdb", at("relayhub"));
            run(bin, "createdb", at("restored"));
            List<AddressedMessage> before;
            List<AddressedMessage> after;
            try (HubProcess hub = hub("hub-before", "relayhub", "http://127.0.0.1:9/away")) {
                var accepted = new ConcurrentLinkedQueue<AddressedMessage>();
                ScheduledExecutorService load = Executors.newScheduledThreadPool(2);
                load.scheduleWithFixedDelay(
                        () -> Stream.of(newDispatch())
                                .filter(it -> isAccepted(hub, it))
                                .forEach(accepted::add),
                        0,
                        10,
                        TimeUnit.MILLISECONDS);
                await().atMost(SOON).until(() -> accepted.size() > 100);
                before = List.copyOf(accepted);
                run(
                        bin,
                        "pg_dump",
                        at("-Fc", "-f", folder.resolve("ledger.dump").toString(), "relayhub"));
                int dumped = accepted.size();
                await().atMost(SOON).until(() -> accepted.size() > dumped + 20);
                load.shutdown();
                assertThat(load.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
                after = accepted.stream().skip(dumped + 10).toList();
                hub.kill();
            }
            run(
                    bin,
                    "pg_restore",
                    at(
                            "-d",
                            "restored",
                            "--exit-on-error",
                            "--no-owner",
                            folder.resolve("ledger.dump").toString()));
            run(bin, "psql", at("-q", "-d", "restored", "-v", "ON_ERROR_STOP=1", "-f", "deploy/postgres/restored.sql"));
            try (HubProcess hub = hub("hub-after", "restored", csvc.address())) {
                await("what waited, see " + hub.log())
                        .atMost(SOON)
                        .until(() -> arrived(csvc).keySet().containsAll(ticketsOf(before)));
                // First of all: what is repeated takes numbers, too, and would hide that they are given twice.
                Set<String> given = Set.copyOf(serials);
                serials.clear();
                for (AddressedMessage message : after) {
                    assertThat(story(hub, message))
                            .as("accepted after the back-up")
                            .isEqualTo(404);
                    assertThat(isAccepted(hub, message))
                            .as("its sender has it still")
                            .isTrue();
                }
                assertThat(serials)
                        .as("serials that nobody knows yet")
                        .hasSize(after.size())
                        .doesNotContainAnyElementsOf(given);
                for (AddressedMessage message : before) {
                    assertThat(story(hub, message)).as(message.indictSeq()).isEqualTo(200);
                    assertThat(isAccepted(hub, message)).as("the same again").isTrue();
                }
                await().atMost(SOON).until(() -> arrived(csvc).keySet().containsAll(ticketsOf(after)));
                assertThat(arrived(csvc))
                        .allSatisfy(
                                (ticket, times) -> assertThat(times).as(ticket).isEqualTo(1L));
            }
        } finally {
            run(bin, "pg_ctl", "-D", cluster.toString(), "-w", "-m", "immediate", "stop");
        }
    }

    private static List<String> ticketsOf(List<AddressedMessage> messages) {
        return messages.stream()
                .map(AddressedMessage::indictSeq)
                .map(Objects::requireNonNull)
                .toList();
    }

    /** How often each ticket has come. */
    private static Map<String, Long> arrived(RecordingPeer peer) {
        return peer.arrivals().stream()
                .collect(Collectors.groupingBy(RecordingPeer.Arrival::indictSeq, Collectors.counting()));
    }
}
