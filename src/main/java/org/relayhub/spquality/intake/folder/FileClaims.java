package org.relayhub.spquality.intake.folder;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps two hubs from taking one file at once, by a lock of the database's that ends with the connection that holds it: a
 * hub that dies leaves no claim behind. Only for politeness: what is decided of a file is decided once without it, too.
 */
final class FileClaims {

    private static final Logger LOG = LoggerFactory.getLogger(FileClaims.class);

    /** A claim on one file. */
    static final class Claim implements AutoCloseable {

        private final Connection connection;
        private final String key;

        private Claim(Connection connection, String key) {
            this.connection = connection;
            this.key = key;
        }

        @Override
        public void close() {
            try (connection;
                    PreparedStatement unlock =
                            connection.prepareStatement("select pg_advisory_unlock(hashtextextended(?, 0))")) {
                unlock.setString(1, key);
                unlock.execute();
            } catch (SQLException e) {
                LOG.debug("The claim has ended with its connection", e);
            }
        }
    }

    private final DataSource dataSource;

    FileClaims(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Claims a file.
     *
     * @param key names it, for all hubs alike
     * @return empty if another hub has it
     */
    Optional<Claim> claim(String key) throws SQLException {
        Connection connection = dataSource.getConnection();
        boolean claimed = false;
        try (PreparedStatement lock =
                connection.prepareStatement("select pg_try_advisory_lock(hashtextextended(?, 0))")) {
            lock.setString(1, key);
            try (ResultSet answer = lock.executeQuery()) {
                claimed = answer.next() && answer.getBoolean(1);
            }
            return claimed ? Optional.of(new Claim(connection, key)) : Optional.empty();
        } finally {
            if (!claimed) {
                connection.close();
            }
        }
    }
}
