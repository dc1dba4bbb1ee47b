package org.relayhub.adapter.jms;

import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.activemq.artemis.core.remoting.impl.ssl.DefaultSSLContextFactory;
import org.apache.activemq.artemis.spi.core.remoting.ssl.SSLContextConfig;
import org.apache.activemq.artemis.spi.core.remoting.ssl.SSLContextFactory;

/**
 * Has the broker's client read key and trust stores anew for each connection: its own factory remembers what it has read
 * first, and a certificate that was replaced would need a restart. Found by {@code META-INF/services}.
 */
public final class UncachedTls implements SSLContextFactory {

    /** Above those that Artemis brings, which have 5 and 10. */
    private static final int PRIORITY = 100;

    private final SSLContextFactory reading = new DefaultSSLContextFactory();

    @Override
    public SSLContext getSSLContext(SSLContextConfig config, Map<String, Object> options) throws Exception {
        return reading.getSSLContext(config, options);
    }

    @Override
    public int getPriority() {
        return PRIORITY;
    }
}
