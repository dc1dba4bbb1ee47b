package org.relayhub.operations;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import jakarta.servlet.ServletContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/**
 * Who may call what: each row of {@code rights.csv} has the status that each caller gets. {@code basic} rows are called with
 * a password in each request, {@code page} rows by somebody who has logged in at the console's page and has its token. Where
 * the hub's parts answer something else than a refusal in a whole hub (SOAP, multipart, simulated peers), 204 stands for it.
 */
@OperationsTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RightsMatrixTest {

    private static final Path TABLE = Path.of("src", "test", "resources", "rights.csv");
    private static final String NOBODY = "nobody";
    private static final String WRONG = "wrong";

    /** The columns of the table, and as whom each calls. */
    private static final Map<String, String> CALLERS = callers();

    private final Map<String, Session> sessions = new LinkedHashMap<>();

    /** Each guess comes from an address of its own, since one address has few of them. */
    private static final AtomicInteger GUESSES = new AtomicInteger();

    @LocalServerPort
    int port;

    @Autowired
    ApplicationContext hub;

    @Autowired
    ServletContext servlets;

    @Autowired
    FixtureLedger ledger;

    /** What somebody calls, and what each caller is answered. */
    record Row(String endpoint, String method, String path, boolean page, Map<String, String> expected) {

        @Override
        public String toString() {
            return method + " " + path + (page ? " in a browser" : "");
        }
    }

    private static Map<String, String> callers() {
        Map<String, String> callers = new LinkedHashMap<>();
        callers.put(NOBODY, "");
        callers.put(WRONG, "admin");
        callers.put("party", "crm-250");
        callers.put("hub", "hub-000");
        callers.put("viewer", "viewer");
        callers.put("operator", "operator");
        callers.put("admin", "admin");
        return callers;
    }

    static Stream<Row> rows() throws IOException {
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(TABLE)) {
            return rows.stream().map(RightsMatrixTest::row).toList().stream();
        }
    }

    private static Row row(NamedCsvRecord record) {
        Map<String, String> expected = new LinkedHashMap<>();
        CALLERS.keySet().forEach(caller -> expected.put(caller, record.getField(caller)));
        String[] call = record.getField("call").split(" ");
        return new Row(
                record.getField("endpoint"),
                call[0],
                call[1],
                record.getField("by").equals("page"),
                expected);
    }

    @BeforeAll
    void aTicket() {
        ledger.clear();
        ledger.ticket(FixtureLedger.TICKET, "CRM-250", "0301", "13800130000", FixtureLedger.NOON);
        ledger.leg(FixtureLedger.TICKET, "CRM-250", "CSVC-000", "DISPATCHED");
        ledger.message("CRM-250", "T1", "CSVC-000", "dispatch", FixtureLedger.TICKET, FixtureLedger.NOON);
    }

    @AfterAll
    void nothingIsLeft() {
        ledger.clear();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void each_caller_is_answered_as_the_table_says(Row row) throws IOException {
        Map<String, String> answered = new LinkedHashMap<>();
        for (String caller : row.expected().keySet()) {
            answered.put(caller, status(row, caller));
        }
        assertThat(answered).isEqualTo(row.expected());
    }

    @Test
    void each_endpoint_is_in_the_table_and_each_of_the_table_is_there() throws IOException {
        List<String> tabled = rows().map(Row::endpoint)
                .filter(endpoint -> !endpoint.isEmpty())
                .toList();

        assertThat(tabled).doesNotHaveDuplicates();
        assertThat(Endpoints.of(hub, servlets)).containsExactlyInAnyOrderElementsOf(tabled);
    }

    /** Somebody who is logged in at the page; once for all rows, but for those that end the session. */
    private Session session(Row row, String user) {
        if (row.path().equals("/logout")) {
            return new Session(port).logIn(user);
        }
        return sessions.computeIfAbsent(user, name -> new Session(port).logIn(name));
    }

    private String status(Row row, String caller) throws IOException {
        String user = String.valueOf(CALLERS.get(caller));
        var request = new StringBuilder(row.method() + " " + row.path() + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nConnection: close\r\nAccept: " + (row.page() ? "text/html,application/json,*/*;q=0.1" : "*/*")
                + "\r\n");
        String form = "act=RESEND&reason=rights";
        if (caller.equals(WRONG)) {
            request.append("Authorization: ").append(Api.basic(user, "a guess")).append("\r\n");
        } else if (!caller.equals(NOBODY) && row.page()) {
            Session session = session(row, user);
            String token = session.cookie("XSRF-TOKEN");
            request.append("Cookie: relay-hub-session=")
                    .append(session.cookie("relay-hub-session"))
                    .append("; XSRF-TOKEN=")
                    .append(token)
                    .append("\r\n");
            form = form + "&_csrf=" + token;
        } else if (!caller.equals(NOBODY)) {
            // Hawtio's pages read the token from the cookie.
            request.append("Authorization: ")
                    .append(Api.basic(user, "demo"))
                    .append("\r\nCookie: XSRF-TOKEN=t\r\nX-XSRF-TOKEN: t\r\n");
        }
        String body = row.method().equals("POST") ? (row.page() ? form : "{\"reason\": \"rights\"}") : "";
        if (!body.isEmpty()) {
            request.append("Content-Type: ")
                    .append(row.page() ? "application/x-www-form-urlencoded" : "application/json")
                    .append("\r\nContent-Length: ")
                    .append(body.length())
                    .append("\r\n");
        }
        return firstLine(caller, request + "\r\n" + body);
    }

    /** By a socket of its own: clients of HTTP mend paths, refuse methods, and wait for the end of what has none. */
    private String firstLine(String caller, String request) throws IOException {
        int guess = caller.equals(WRONG) ? GUESSES.incrementAndGet() : 0;
        var from = InetAddress.getByAddress(new byte[] {127, 1, (byte) (guess / 200), (byte) (guess % 200 + 1)});
        try (Socket socket = caller.equals(WRONG)
                ? new Socket(InetAddress.getByName("127.0.0.1"), port, from, 0)
                : new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            var answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            return String.valueOf(answer.readLine()).split(" ")[1];
        }
    }
}
