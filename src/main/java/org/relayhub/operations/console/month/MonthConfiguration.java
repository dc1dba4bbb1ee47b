package org.relayhub.operations.console.month;

import org.relayhub.message.codes.CodeTable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.Resource;

/** What the pages need. */
@Configuration(proxyBeanMethods = false)
@Import(SpMonthPages.class)
class MonthConfiguration {

    @Bean
    TileMap tileMap(Resource schemas) {
        return new TileMap(CodeTable.read(schemas, "province-tiles"));
    }
}
