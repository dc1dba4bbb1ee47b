package org.relayhub;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.relayhub.adapter.sftp.SftpServer;
import org.relayhub.adapter.sftp.SftpServers;
import org.relayhub.adapter.sftp.SftpSettings;
import org.relayhub.directory.Directory;
import org.relayhub.message.Party;
import org.relayhub.standalone.EmbeddedDatabase;
import org.relayhub.standalone.StandaloneSettings;
import org.relayhub.standalone.sftp.EmbeddedSftp;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Which SFTP servers the hub works with: the default profile's own, or those that the settings name. */
@Configuration(proxyBeanMethods = false)
class SftpConfiguration {

    /** Its parameter, the database, says that the data folder is this hub's. */
    @Bean(destroyMethod = "close")
    @Profile("standalone")
    @ConditionalOnProperty(name = "hub.sftp.parties.address", havingValue = "embedded", matchIfMissing = true)
    EmbeddedSftp embeddedSftp(
            StandaloneSettings settings,
            EmbeddedDatabase database,
            Directory directory,
            UserDetailsService identities,
            PasswordEncoder encoder)
            throws IOException {
        Path data = settings.dataFolder().toPath();
        File keys = settings.sftpKeys();
        return EmbeddedSftp.start(
                data,
                keys == null ? data.resolve("sftp-keys") : keys.toPath(),
                settings.sftpPort(),
                settings.sftpMaxFileSize().toBytes(),
                directory,
                (user, password) -> isRight(identities, encoder, user, password));
    }

    private static boolean isRight(
            UserDetailsService identities, PasswordEncoder encoder, String user, String password) {
        try {
            return encoder.matches(password, identities.loadUserByUsername(user).getPassword());
        } catch (UsernameNotFoundException e) {
            return false;
        }
    }

    /** Where parties find it. */
    @Bean
    @ConditionalOnBean(EmbeddedSftp.class)
    String embeddedSftpAddress(EmbeddedSftp sftp) {
        return sftp.host() + ":" + sftp.port();
    }

    @Bean
    SftpSettings sftpSettings(HubProperties hub) {
        return hub.sftp();
    }

    @Bean
    SftpServers sftpServers(SftpSettings settings, ObjectProvider<EmbeddedSftp> embedded) {
        EmbeddedSftp own = embedded.getIfAvailable();
        return new SftpServers(settings, own == null ? null : server(own));
    }

    private static SftpServer server(EmbeddedSftp own) {
        return new SftpServer(
                SftpServers.PARTIES,
                own.host(),
                own.port(),
                Party.HUB.user(),
                own.hubPassword(),
                null,
                null,
                own.knownHosts(),
                "/");
    }
}
