package org.relayhub.adapter.sftp;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.apache.camel.component.file.remote.SftpComponent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the SFTP Kamelets call, and the servers that they reach. */
@Configuration(proxyBeanMethods = false)
class SftpAdapterConfiguration {

    @Bean("sftp-parties")
    SftpComponent sftpParties(SftpServers servers, SftpSettings settings) {
        return new SftpServerComponent(servers, SftpServers.PARTIES, settings.pollEvery());
    }

    @Bean("sftp-sims")
    SftpComponent sftpSims(SftpServers servers, SftpSettings settings) {
        return new SftpServerComponent(servers, SftpServers.SIMS, settings.pollEvery());
    }

    @Bean
    SftpPolls sftpPolls() {
        return new SftpPolls();
    }

    @Bean
    MeterBinder sftpAway(SftpPolls polls) {
        return meters -> Gauge.builder("hub.sftp.away", polls, SftpPolls::awayCount)
                .description("SFTP servers, or folders of them, that this hub cannot look into")
                .register(meters);
    }

    @Bean
    SftpOutbound sftpOutbound() {
        return new SftpOutbound();
    }
}
