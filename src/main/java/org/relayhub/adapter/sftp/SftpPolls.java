package org.relayhub.adapter.sftp;

import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.SftpException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.component.file.remote.RemoteFilePollingConsumerPollStrategy;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Says once when a server is away, or a folder of it cannot be looked into, and once when that is over. In between the
 * hub goes on trying.
 */
final class SftpPolls extends RemoteFilePollingConsumerPollStrategy {

    private static final Logger log = LoggerFactory.getLogger(SftpPolls.class);

    private final Set<String> away = ConcurrentHashMap.newKeySet();

    @Override
    public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
        if (endpoint instanceof SftpEndpoint folder) {
            back(server(folder));
            back(server(folder) + ", folder " + folder.getConfiguration().getDirectory());
        }
    }

    /** How many servers, or folders of them, are away now. */
    int awayCount() {
        return away.size();
    }

    private void back(String what) {
        if (away.remove(what)) {
            log.info("{} is back", what);
        }
    }

    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int retryCounter, Exception e) throws Exception {
        if (endpoint instanceof SftpEndpoint folder && !isStopping(consumer)) {
            boolean whole = isOfTheServer(e);
            String what = server(folder)
                    + (whole ? "" : ", folder " + folder.getConfiguration().getDirectory());
            if (away.add(what)) {
                log.warn("{} {}. It is tried again until it is back", what, reason(whole, e));
            }
        }
        // Logs the hub in anew.
        return super.rollback(consumer, endpoint, retryCounter, e);
    }

    private static String reason(boolean whole, Exception e) {
        if (ObjectHelper.getException(DataAccessException.class, e) != null) {
            return "is not looked into: the database does not answer";
        }
        return (whole ? "is away: " : "fails: ") + cause(e);
    }

    private static boolean isStopping(Consumer consumer) {
        return consumer instanceof org.apache.camel.support.ScheduledPollConsumer polls && !polls.isRunAllowed();
    }

    private static boolean isOfTheServer(Exception e) {
        SftpException refused = ObjectHelper.getException(SftpException.class, e);
        return ObjectHelper.getException(JSchException.class, e) != null
                || (refused != null && ObjectHelper.getException(IOException.class, e) != null);
    }

    private static String server(SftpEndpoint endpoint) {
        return endpoint.getComponent() instanceof SftpServerComponent component
                ? component.server().toString()
                : endpoint.remoteServerInformation();
    }

    private static String cause(Throwable e) {
        Throwable last = e;
        while (last.getCause() != null && last.getCause() != last) {
            last = last.getCause();
        }
        return last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage();
    }
}
