package org.relayhub.standalone;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/** A process with an embedded database and one committed row, which waits to be killed. */
final class HubToBeKilled {

    static final String READY = "committed";

    private HubToBeKilled() {}

    /** @param arguments the data folder and the preferred port */
    public static void main(String[] arguments) throws Exception {
        EmbeddedDatabase database = EmbeddedDatabase.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), null);
                Statement statement = connection.createStatement()) {
            statement.execute("create table kept (word text)");
            statement.execute("insert into kept values ('promise')");
            System.out.println(READY);
            System.in.read();
        }
    }
}
