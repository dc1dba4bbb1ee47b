package org.relayhub.plans;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Takes down the plan by which PostgreSQL has executed each statement of whoever uses this data source, and those of its
 * triggers and keys: the server says it to its client as a notice (auto_explain).
 */
final class RecordedPlans extends DelegatingDataSource {

    /**
     * Something that a plan does with a table.
     *
     * @param removed the rows that were read in vain
     */
    record Step(String node, String table, long rows, long removed) {}

    /** A statement as it was executed. */
    record Plan(String statement, double millis, List<Step> steps) {

        /** The first words of it that say what it is. */
        String brief() {
            String line = statement.replaceAll("\\s+", " ").strip();
            return line.substring(0, Math.min(line.length(), 160));
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Plan> plans = new ArrayList<>();
    private final String mode;

    /** @param mode the server's {@code plan_cache_mode}: whether plans are for the values at hand or for any */
    RecordedPlans(DataSource server, String mode) {
        super(server);
        this.mode = mode;
    }

    synchronized List<Plan> plans() {
        return List.copyOf(plans);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        try (Statement settings = connection.createStatement()) {
            settings.execute("set plan_cache_mode = " + mode);
            settings.execute("set auto_explain.log_min_duration = 0");
            settings.clearWarnings();
        }
        return proxy(Connection.class, connection, statement -> {});
    }

    private <T> T proxy(Class<T> type, T real, Consumer<Statement> executed) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    Object result;
                    try {
                        result = method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    if (result instanceof Statement statement
                            && Statement.class.isAssignableFrom(method.getReturnType())) {
                        return proxy(cast(method.getReturnType()), result, this::take);
                    }
                    if (method.getName().startsWith("execute") && real instanceof Statement statement) {
                        executed.accept(statement);
                    }
                    return result;
                }));
    }

    @SuppressWarnings("unchecked")
    private static Class<Object> cast(Class<?> type) {
        return (Class<Object>) type;
    }

    private synchronized void take(Statement statement) {
        try {
            for (SQLWarning said = statement.getWarnings(); said != null; said = said.getNextWarning()) {
                String message = String.valueOf(said.getMessage());
                int plan = message.indexOf("plan:\n");
                if (message.startsWith("duration: ") && plan > 0) {
                    plans.add(plan(
                            JSON.readTree(message.substring(plan + "plan:\n".length())),
                            Double.parseDouble(message.split(" ")[1])));
                }
            }
            statement.clearWarnings();
        } catch (SQLException | JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Plan plan(JsonNode said, double millis) {
        List<Step> steps = new ArrayList<>();
        walk(said.get("Plan"), steps);
        return new Plan(said.get("Query Text").asText(), millis, List.copyOf(steps));
    }

    private static void walk(JsonNode node, List<Step> steps) {
        long loops = node.path("Actual Loops").asLong();
        long removed = node.path("Rows Removed by Filter").asLong()
                + node.path("Rows Removed by Join Filter").asLong()
                + node.path("Rows Removed by Index Recheck").asLong();
        if (loops > 0) {
            steps.add(new Step(
                    node.get("Node Type").asText(),
                    node.path("Relation Name").asText(),
                    Math.round(node.path("Actual Rows").asDouble() * loops),
                    removed * loops));
        }
        node.path("Plans").forEach(child -> walk(child, steps));
    }
}
