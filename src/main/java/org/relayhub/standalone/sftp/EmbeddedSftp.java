package org.relayhub.standalone.sftp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.sshd.common.compression.BuiltinCompressions;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.FileSystemFactory;
import org.apache.sshd.common.file.root.RootedFileSystemProvider;
import org.apache.sshd.common.io.nio2.Nio2ServiceFactoryFactory;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.SftpModuleProperties;
import org.relayhub.directory.Directory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An SFTP server that the hub starts and stops itself, on 127.0.0.1 only. Provinces and SP partners drop files there,
 * each in a root of its own; the hub sees all roots. It speaks SFTP and nothing else: no shell, no commands, no forwarding.
 */
public final class EmbeddedSftp implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedSftp.class);
    private static final String LOOPBACK = "127.0.0.1";

    private static final int IO_THREADS = 2;
    private static final int SESSIONS_OF_A_USER = 8;
    private static final int CHANNELS_OF_A_SESSION = 4;
    private static final int OPEN_FILES_OF_A_CHANNEL = 64;
    private static final int LOGIN_TRIES_OF_A_SESSION = 6;
    private static final Duration TO_LOG_IN = Duration.ofSeconds(20);
    private static final Duration IDLE = Duration.ofMinutes(5);

    /** Whether a password is that of a party's user. */
    @FunctionalInterface
    public interface Login {
        boolean isRight(String user, String password);
    }

    private final SshServer server;
    private final int port;
    private final String hubPassword;
    private final Path knownHosts;

    private EmbeddedSftp(SshServer server, int port, String hubPassword, Path knownHosts) {
        this.server = server;
        this.port = port;
        this.hubPassword = hubPassword;
        this.knownHosts = knownHosts;
    }

    /**
     * Starts the server.
     *
     * @param data the folder of which it uses {@code sftp}, for the roots, {@code sftp-host-key} and
     *     {@code sftp-known-hosts}
     * @param keys a folder in which a file {@code <user>} holds keys of that user, as OpenSSH's authorized_keys does
     * @param preferredPort another one is used if it is taken
     * @param longestFile how many bytes a partner's file may have
     * @throws IOException if it does not start
     */
    public static EmbeddedSftp start(
            Path data, Path keys, int preferredPort, long longestFile, Directory directory, Login login)
            throws IOException {
        Instant began = Instant.now();
        Path folder = data.toAbsolutePath().normalize();
        int port = freePort(preferredPort);
        String hubPassword = randomPassword();
        SshServer server = SshServer.setUpDefaultServer();
        try {
            var visitors = new Visitors(folder.resolve("sftp"), directory);
            visitors.makeFolders();
            limit(server);
            server.setHost(LOOPBACK);
            server.setPort(port);
            server.setFileSystemFactory(new Roots(visitors));
            server.setSubsystemFactories(List.of(new FilesOnly(new Rights(visitors, longestFile))));
            var logins = new Logins(visitors, login, keys, hubPassword);
            server.setPasswordAuthenticator(logins);
            server.setPublickeyAuthenticator(logins);
            Path knownHosts = folder.resolve("sftp-known-hosts");
            var hostKey = hostKey(folder.resolve("sftp-host-key"));
            server.setKeyPairProvider(hostKey);
            Files.writeString(knownHosts, knownHost(hostKey, port));
            server.start();
            LOG.info(
                    "SFTP ready on {}:{} after {} ms",
                    LOOPBACK,
                    port,
                    Duration.between(began, Instant.now()).toMillis());
            return new EmbeddedSftp(server, port, hubPassword, knownHosts);
        } catch (IOException | RuntimeException e) {
            server.close(true);
            throw new IOException("The embedded SFTP server did not start in " + folder, e);
        }
    }

    private static void limit(SshServer server) {
        server.setIoServiceFactoryFactory(new Nio2ServiceFactoryFactory());
        server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE, UserAuthPasswordFactory.INSTANCE));
        server.setShellFactory(null);
        server.setCommandFactory(null);
        server.setAgentFactory(null);
        server.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
        server.setCompressionFactories(List.of(BuiltinCompressions.none));
        CoreModuleProperties.SERVER_IDENTIFICATION.set(server, "relay-hub");
        CoreModuleProperties.NIO_WORKERS.set(server, IO_THREADS);
        CoreModuleProperties.AUTH_TIMEOUT.set(server, TO_LOG_IN);
        CoreModuleProperties.IDLE_TIMEOUT.set(server, IDLE);
        CoreModuleProperties.MAX_AUTH_REQUESTS.set(server, LOGIN_TRIES_OF_A_SESSION);
        CoreModuleProperties.MAX_CONCURRENT_SESSIONS.set(server, SESSIONS_OF_A_USER);
        CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(server, CHANNELS_OF_A_SESSION);
        SftpModuleProperties.MAX_OPEN_HANDLES_PER_SESSION.set(server, OPEN_FILES_OF_A_CHANNEL);
        SftpModuleProperties.AUTO_FOLLOW_LINKS.set(server, false);
        SftpModuleProperties.CLIENT_EXTENSIONS.set(server, "");
        SftpModuleProperties.OPENSSH_EXTENSIONS.set(
                server,
                String.join(
                        ",",
                        FilesOnly.EXTENSIONS.stream().map(name -> name + "=1").toList()));
    }

    /** Each visitor's own root, made at its first login if it is not there. */
    private record Roots(Visitors visitors) implements FileSystemFactory {

        @Override
        public Path getUserHomeDir(SessionContext session) throws IOException {
            Visitor visitor = visitors.find(session.getUsername())
                    .orElseThrow(() -> new IOException("the visitor is not connected any more"));
            return visitors.makeRoot(visitor);
        }

        @Override
        public FileSystem createFileSystem(SessionContext session) throws IOException {
            return new RootedFileSystemProvider().newFileSystem(getUserHomeDir(session), Map.of());
        }
    }

    private static SimpleGeneratorHostKeyProvider hostKey(Path file) throws IOException {
        // One that is broken is not silently replaced: partners would not know the server again.
        if (Files.exists(file) && !isReadable(file)) {
            throw new IOException("The host key is not readable: " + file);
        }
        var key = new SimpleGeneratorHostKeyProvider(file);
        // One that every client knows, the hub's on Java 17 among them.
        key.setAlgorithm("EC");
        key.setKeySize(256);
        key.setOverwriteAllowed(false);
        return key;
    }

    private static boolean isReadable(Path file) {
        try {
            return new FileKeyPairProvider(file).loadKeys(null).iterator().hasNext();
        } catch (RuntimeException e) {
            LOG.debug("{} holds no key", file, e);
            return false;
        }
    }

    private static String knownHost(SimpleGeneratorHostKeyProvider hostKey, int port) throws IOException {
        KeyPair pair = hostKey.loadKeys(null).get(0);
        return "[" + LOOPBACK + "]:" + port + " " + PublicKeyEntry.toString(pair.getPublic()) + "\n";
    }

    private static String randomPassword() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().encodeToString(random);
    }

    private static int freePort(int preferred) throws IOException {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(LOOPBACK, preferred));
            return preferred;
        } catch (IOException taken) {
            try (var any = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
                LOG.info("Port {} is taken, using {} for SFTP", preferred, any.getLocalPort());
                return any.getLocalPort();
            }
        }
    }

    /** Where it listens. */
    public String host() {
        return LOOPBACK;
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** The password of the hub's own user, which sees all roots; another at each start. */
    public String hubPassword() {
        return hubPassword;
    }

    /** A file in the form of OpenSSH's known_hosts, by which clients know the server. */
    public Path knownHosts() {
        return knownHosts;
    }

    @Override
    public void close() throws IOException {
        // At once: a client that goes on sending keeps nobody waiting. What it has not finished it sends again.
        server.close(true).await(Duration.ofSeconds(5));
        server.stop(true);
    }
}
