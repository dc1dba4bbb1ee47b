package org.relayhub;

import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** Starts a hub. Without a profile it is a standalone one: it brings its database, its peers and its demo users. */
@SpringBootApplication
@EnableConfigurationProperties(HubProperties.class)
public class HubApplication {

    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals(CheckCommand.NAME)) {
            System.exit(CheckCommand.run(Arrays.asList(args).subList(1, args.length), System.out, System.err));
        }
        callWithPlainConnections();
        SpringApplication.run(HubApplication.class, args);
    }

    /**
     * Has CXF call parties with the JDK's plain connections, on the thread that waits for the answer. Its newer client passes
     * each call through threads of its own, which costs about twice the processor time. What the command line says goes
     * before it.
     */
    private static void callWithPlainConnections() {
        setUnlessSet("org.apache.cxf.transport.http.forceURLConnection", "true");
        // On a broken connection it would send a POST again by itself, which must not happen to a handling.
        setUnlessSet("sun.net.http.retryPost", "false");
        // How many idle connections are kept to one party.
        setUnlessSet("http.maxConnections", "32");
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
