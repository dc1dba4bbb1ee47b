package org.relayhub.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** A certificate authority that lives as long as a test, and the keys and certificates that it gave. */
public final class TestAuthority {

    private static final String PASSWORD = "changeit";

    private final Path folder;
    private final Path file;

    /** @param folder where its keys are kept */
    public TestAuthority(Path folder) throws Exception {
        this.folder = folder;
        this.file = folder.resolve("keys.p12");
        keytool("-alias", "ca", "-dname", "CN=Test authority", "-ext", "bc:c");
    }

    private void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(List.of(arguments));
        Path log = folder.resolve("keytool.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    }

    /** Signs a new key for a subject. */
    public TestAuthority sign(String alias, String subject, String... extensions) throws Exception {
        keytool(Stream.concat(
                        Stream.of("-alias", alias, "-dname", subject, "-signer", "ca"),
                        Stream.of(extensions).flatMap(extension -> Stream.of("-ext", extension)))
                .toArray(String[]::new));
        return this;
    }

    /** Signs a new key for a subject, with a certificate whose days are over. */
    public TestAuthority signExpired(String alias, String subject) throws Exception {
        keytool("-alias", alias, "-dname", subject, "-signer", "ca", "-startdate", "-10d", "-validity", "5");
        return this;
    }

    private KeyStore keys() throws GeneralSecurityException, IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(stream, PASSWORD.toCharArray());
            return keys;
        }
    }

    public X509Certificate certificate(String alias) throws Exception {
        return (X509Certificate) keys().getCertificate(alias);
    }

    /** A file with a certificate and those above it, as PEM. */
    public Path certificates(String alias) throws Exception {
        StringBuilder pem = new StringBuilder();
        for (Certificate one : keys().getCertificateChain(alias)) {
            pem.append(pem("CERTIFICATE", one.getEncoded()));
        }
        return Files.writeString(folder.resolve(alias + ".crt"), pem);
    }

    /** A file with a private key, as PEM. */
    public Path privateKey(String alias) throws Exception {
        byte[] key = keys().getKey(alias, PASSWORD.toCharArray()).getEncoded();
        return Files.writeString(folder.resolve(alias + ".key"), pem("PRIVATE KEY", key));
    }

    private static String pem(String kind, byte[] content) {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
    }

    /**
     * What a server serves with that trusts this authority.
     *
     * @param alias whose certificate it shows
     */
    public SSLContext server(String alias) throws Exception {
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry(
                alias, keys().getKey(alias, PASSWORD.toCharArray()), new char[0], keys().getCertificateChain(alias));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust().getTrustManagers(), null);
        return context;
    }

    private TrustManagerFactory trust() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", certificate("ca"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        return trust;
    }

    /**
     * What a client connects with that trusts this authority.
     *
     * @param issuer whose certificate the client shows
     * @param alias which of the issuer's; null for none
     */
    public SSLContext client(TestAuthority issuer, @Nullable String alias) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                alias == null ? null : new KeyManager[] {new Insistent(issuer.keys(), alias)},
                trust().getTrustManagers(),
                null);
        return context;
    }

    /** Shows its certificate whatever authorities the server names; Java's own would show none of another. */
    private static final class Insistent extends X509ExtendedKeyManager {

        private final String alias;
        private final X509Certificate[] chain;
        private final PrivateKey key;

        Insistent(KeyStore keys, String alias) throws GeneralSecurityException {
            this.alias = alias;
            this.chain = Arrays.stream(keys.getCertificateChain(alias))
                    .map(X509Certificate.class::cast)
                    .toArray(X509Certificate[]::new);
            this.key = (PrivateKey) keys.getKey(alias, PASSWORD.toCharArray());
        }

        @Override
        public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
            return alias;
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return alias;
        }

        @Override
        public X509Certificate[] getCertificateChain(String name) {
            return chain.clone();
        }

        @Override
        public PrivateKey getPrivateKey(String name) {
            return key;
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[] {alias};
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            throw new UnsupportedOperationException("a client only");
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[0];
        }
    }
}
