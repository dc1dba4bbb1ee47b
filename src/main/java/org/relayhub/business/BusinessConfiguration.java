package org.relayhub.business;

import java.time.Clock;
import org.relayhub.directory.Directory;
import org.relayhub.message.codes.OwnBusinessCatalogue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of own-business services that routes call by name. */
@Configuration(proxyBeanMethods = false)
class BusinessConfiguration {

    @Bean
    OwnBusiness ownBusiness(
            OwnBusinessCatalogue catalogue, Directory directory, BusinessSettings settings, Clock clock) {
        return new OwnBusiness(catalogue, directory, settings, clock);
    }
}
