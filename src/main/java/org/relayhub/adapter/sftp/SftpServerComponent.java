package org.relayhub.adapter.sftp;

import java.time.Duration;
import java.util.Map;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.remote.RemoteFileOperations;
import org.apache.camel.component.file.remote.SftpComponent;
import org.apache.camel.component.file.remote.SftpConfiguration;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.apache.camel.spi.annotations.Component;

/**
 * Camel's SFTP at one server of the hub's: {@code sftp-parties:folder} and {@code sftp-sims:folder}. Where the server is,
 * and by what the hub proves itself, are in no endpoint's address, so that nobody who looks at routes sees them. The
 * server must prove itself by its key.
 */
@Component("sftp")
final class SftpServerComponent extends SftpComponent {

    private final SftpServers servers;
    private final String name;
    private final Duration pollEvery;

    SftpServerComponent(SftpServers servers, String name, Duration pollEvery) {
        this.servers = servers;
        this.name = name;
        this.pollEvery = pollEvery;
        // A server that is away delays files, and is no reason to send the parties to another hub.
        setHealthCheckConsumerEnabled(false);
    }

    @Override
    protected GenericFileEndpoint<SftpRemoteFile> buildFileEndpoint(
            String uri, String remaining, Map<String, Object> parameters) {
        SftpServer server = servers.find(name)
                .orElseThrow(() -> new IllegalStateException(
                        "There is no SFTP server for " + uri + ": hub.sftp." + name + ".address is not set"));
        var configuration = new SftpConfiguration();
        configuration.setHost(server.host());
        configuration.setPort(server.port());
        configuration.setUsername(server.user());
        configuration.setPassword(server.password());
        if (server.privateKey() != null) {
            configuration.setPrivateKeyFile(server.privateKey().toString());
            configuration.setPrivateKeyPassphrase(server.privateKeyPassphrase());
        }
        configuration.setKnownHostsFile(server.knownHosts().toString());
        configuration.setUseUserKnownHostsFile(false);
        configuration.setStrictHostKeyChecking("yes");
        configuration.setPreferredAuthentications("publickey,password");
        String folder = server.path(remaining);
        // Of the root itself Camel would give names with a slash before them.
        String path = folder.equals("/") ? "/." : folder;
        configuration.setDirectory(path);
        configuration.setDirectoryName(path);
        var endpoint = new Endpoint(uri, this, configuration);
        endpoint.setDelay(pollEvery.toMillis());
        endpoint.setInitialDelay(0);
        return endpoint;
    }

    /** One whose files can be asked for one by one. */
    private static final class Endpoint extends SftpEndpoint {

        Endpoint(String uri, SftpServerComponent component, SftpConfiguration configuration) {
            super(uri, component, configuration);
        }

        @Override
        public RemoteFileOperations<SftpRemoteFile> createRemoteFileOperations() {
            var files = new SftpFiles(getProxy());
            files.setEndpoint(this);
            return files;
        }
    }

    SftpServer server() {
        return servers.find(name).orElseThrow();
    }
}
