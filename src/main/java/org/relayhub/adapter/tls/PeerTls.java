package org.relayhub.adapter.tls;

import java.net.http.HttpClient;
import javax.net.ssl.SSLContext;
import org.apache.cxf.configuration.jsse.TLSClientParameters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * What parties are called with over HTTPS: the hub's own certificate and whom it believes, as the files of its SSL bundle
 * are now. A call that has begun ends with what it began with.
 */
public final class PeerTls {

    private static final Logger log = LoggerFactory.getLogger(PeerTls.class);

    private volatile Clients clients;

    /**
     * What calls with one state of the files. New ones share no connection with the old, so that whoever is believed no
     * longer is not called over one that is still open.
     *
     * @param soap null for what Java does by itself
     */
    private record Clients(HttpClient http, @Nullable TLSClientParameters soap) {

        static Clients of(@Nullable SslBundle bundle) {
            HttpClient.Builder http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER);
            if (bundle == null) {
                return new Clients(http.build(), null);
            }
            SSLContext context = bundle.createSslContext();
            var soap = new TLSClientParameters();
            soap.setSSLSocketFactory(context.getSocketFactory());
            return new Clients(http.sslContext(context).build(), soap);
        }
    }

    /**
     * @param bundles what the application's SSL bundles are, and who tells when one's files have changed
     * @throws NoSuchSslBundleException if the settings name one that is not there
     */
    public PeerTls(PeerSettings settings, SslBundles bundles) {
        String name = settings.sslBundle();
        if (name == null) {
            clients = Clients.of(null);
            return;
        }
        clients = Clients.of(bundles.getBundle(name));
        bundles.addBundleUpdateHandler(name, bundle -> {
            clients = Clients.of(bundle);
            log.info("Parties are called with the certificates that are in the files of the SSL bundle {} now", name);
        });
    }

    /** What calls over HTTP and HTTPS, and follows no redirect. */
    public HttpClient http() {
        return clients.http();
    }

    /** The same for CXF; null if it is to do what it does by itself. */
    public @Nullable TLSClientParameters soap() {
        return clients.soap();
    }
}
