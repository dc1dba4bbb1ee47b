package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.message.codec.hostile.HostileDocument;
import org.relayhub.message.codec.hostile.HostileDocuments;
import org.relayhub.message.multipart.Form;
import org.relayhub.message.multipart.HostileForm;
import org.relayhub.message.multipart.HostileForms;

/** The hostile corpus over HTTP, by a caller with a valid identity, against a hub in a process of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileIT {

    private final HubProcess hub;

    HostileIT(@TempDir Path folder) throws IOException {
        hub = new HubProcess(folder, List.of("--hub.standalone.simulation.sample-every=0s"));
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    @Test
    void every_hostile_document_gets_a_client_fault_or_a_coded_refusal_and_leaves_no_trace() throws Exception {
        var caller = new SoapCaller(hub.port());
        List<String> wrong = new ArrayList<>();
        int sent = 0;
        for (HostileDocument document : HostileDocuments.all()) {
            SoapCaller.Reply reply = caller.post("crm-250", document.bytes(), document.contentType());
            sent++;
            if (!isRight(document, reply)) {
                wrong.add(document.name() + " (" + document.expectation() + "): " + reply.status() + " "
                        + reply.body().substring(0, Math.min(300, reply.body().length())));
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(sent).isGreaterThanOrEqualTo(200);
        assertThat(Files.readString(hub.log().toPath())).doesNotContain("\tat org.relayhub");
        assertThat(count(caller)).as("tickets").isZero();
    }

    @Test
    void every_hostile_form_gets_its_reason_or_a_coded_refusal_and_leaves_no_trace() throws Exception {
        var caller = new MultipartCaller(hub.port());
        List<String> wrong = new ArrayList<>();
        for (HostileForm form : HostileForms.all()) {
            for (SoapCaller.Reply reply : List.of(
                    caller.post("crm-250", form.bytes(), form.contentType()),
                    caller.postInChunks("crm-250", form.bytes(), form.contentType()))) {
                boolean answered = form.status() == 200
                        ? reply.code().equals(form.says())
                        : reply.body().startsWith(form.says());
                if (reply.status() != form.status() || !answered || !silent(reply)) {
                    wrong.add(form.name() + " (" + form.status() + "): " + reply.status() + " "
                            + reply.body()
                                    .substring(0, Math.min(300, reply.body().length())));
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(Files.readString(hub.log().toPath()))
                .doesNotContain("\tat org.relayhub")
                .contains("Refused a multipart request of crm-250: xmlbody: the part is missing");
        assertThat(count(new SoapCaller(hub.port()))).as("tickets").isZero();
    }

    @Test
    void a_form_that_stops_on_its_way_is_refused() throws Exception {
        Form form = Form.valid();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), hub.port())) {
            String credentials = Base64.getEncoder().encodeToString("crm-250:demo".getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream()
                    .write(("POST /interboss HTTP/1.1\r\nHost: hub\r\nAuthorization: Basic " + credentials
                                    + "\r\nContent-Type: " + form.contentType() + "\r\nContent-Length: 100000\r\n\r\n"
                                    + form.text())
                            .getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).doesNotContain("HTTP/1.1 5", "HTTP/1.1 2", "Exception");
        }
        assertThat(count(new SoapCaller(hub.port()))).as("tickets").isZero();
    }

    @Test
    void what_is_no_post_of_a_party_is_turned_away_before_it_is_read() throws Exception {
        var caller = new MultipartCaller(hub.port());
        Form form = Form.valid();

        assertThat(caller.post("nobody", form.bytes(), form.contentType()).status())
                .isEqualTo(401);
        assertThat(caller.post("viewer", form.bytes(), form.contentType()).status())
                .isEqualTo(403);
        assertThat(caller.post("crm-100", form.bytes(), form.contentType()).code())
                .isEqualTo("0118");
    }

    @Test
    void a_request_that_calls_itself_multipart_is_refused() throws Exception {
        byte[] content = "--b\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);

        assertThat(new SoapCaller(hub.port())
                        .post("crm-250", content, "text/xml; type=\"multipart/related\"; boundary=\"b\"")
                        .status())
                .isEqualTo(415);
    }

    /** A refusal names a code; a fault is the client's; neither tells of the hub's inside. */
    private static boolean isRight(HostileDocument document, SoapCaller.Reply reply) {
        boolean fault = reply.status() >= 400
                && reply.status() < 500
                && (reply.body().isEmpty()
                        || reply.body().contains("Client")
                        || reply.body().contains("VersionMismatch")
                        || reply.body().contains("MustUnderstand"));
        boolean refused = reply.status() == 200
                && !reply.code().isEmpty()
                && !reply.code().equals("0000");
        return silent(reply)
                && switch (document.expectation()) {
                    case FAULT, EITHER -> fault || refused;
                    // The SOAP layer may refuse before the document is looked at.
                    case REFUSED ->
                        fault
                                || (refused
                                        && (document.code() == null
                                                || document.code().equals(reply.code())));
                };
    }

    private static boolean silent(SoapCaller.Reply reply) {
        return !reply.body().contains("org.relayhub") && !reply.body().contains("Exception");
    }

    private long count(SoapCaller caller) throws Exception {
        SoapCaller.Reply reply = caller.post(
                "crm-250",
                SoapCaller.envelope(Messages.message(
                                        org.relayhub.message.Activity.QUERY,
                                        org.relayhub.message.Party.of("CRM-250"),
                                        org.relayhub.message.Party.of("CSVC-000"),
                                        "20261122CSVC2500000001")
                                .canonical())
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8),
                "text/xml");
        return reply.code().equals("2901") ? 0 : 1;
    }
}
