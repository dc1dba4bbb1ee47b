package org.relayhub.security;

import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.Ssl;
import org.springframework.core.env.Environment;

/**
 * Whose client certificates the server trusts. Where nothing says, Java trusts every public authority, and any of them
 * may give anybody the name of a party.
 */
final class CertificateIssuers {

    private CertificateIssuers() {}

    /** @throws UnsafeSettingException if certificates are asked for and nothing says whose */
    static void check(Environment environment, ObjectProvider<SslBundles> bundles) {
        Ssl ssl = Binder.get(environment).bind("server.ssl", Ssl.class).orElse(null);
        if (ssl == null
                || !ssl.isEnabled()
                || ssl.getClientAuth() == null
                || ssl.getClientAuth() == Ssl.ClientAuth.NONE) {
            return;
        }
        List<String> named = new ArrayList<>();
        if (ssl.getBundle() != null) {
            named.add(ssl.getBundle());
        }
        ssl.getServerNameBundles().forEach(byName -> named.add(byName.bundle()));
        boolean own = ssl.getBundle() != null || ssl.getTrustStore() != null || ssl.getTrustCertificate() != null;
        boolean all = named.stream()
                .allMatch(
                        name -> bundles.getObject().getBundle(name).getStores().getTrustStore() != null);
        if (!own || !all) {
            throw new UnsafeSettingException(
                    "The server asks for client certificates (server.ssl.client-auth), and nothing says whose it trusts.",
                    "Give its SSL bundle a trust store with the authority that signs the parties' certificates.");
        }
    }
}
