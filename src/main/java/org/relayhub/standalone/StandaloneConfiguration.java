package org.relayhub.standalone;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import org.relayhub.standalone.simulation.peer.SimulationSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** What the default profile brings along: the database. Outside this profile nothing of this package exists. */
@Configuration(proxyBeanMethods = false)
@Profile("standalone")
class StandaloneConfiguration {

    /** As application.yaml has it for a database of the operator's own. */
    private static final long LONGEST_WAIT_MILLIS = 5_000;

    @Bean(destroyMethod = "close")
    EmbeddedDatabase embeddedDatabase(StandaloneSettings settings) throws IOException {
        return EmbeddedDatabase.start(settings.dataFolder().toPath(), settings.databasePort());
    }

    /** Closed before the database is stopped, because it depends on it. */
    @Bean(destroyMethod = "close")
    HikariDataSource dataSource(EmbeddedDatabase database, StandaloneSettings settings) {
        var pool = new HikariConfig();
        pool.setPoolName("hub");
        pool.setJdbcUrl(database.jdbcUrl());
        pool.setUsername(database.user());
        pool.setMaximumPoolSize(settings.poolSize());
        pool.setConnectionTimeout(LONGEST_WAIT_MILLIS);
        // PostgreSQL's details repeat the row that it has refused, with all that a message holds.
        pool.addDataSourceProperty("logServerErrorDetail", "false");
        return new HikariDataSource(pool);
    }

    @Bean
    SimulationSettings simulationSettings(StandaloneSettings settings) {
        return settings.simulation();
    }
}
