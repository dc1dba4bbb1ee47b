package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.transform.dom.DOMSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayhub.message.Activity;
import org.relayhub.message.Header;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.codec.DocumentReader;
import org.relayhub.message.codec.DocumentSchema;
import org.relayhub.message.codec.SafeParsers;
import org.relayhub.message.codes.ActivityCodes;
import org.relayhub.message.codes.CodeTable;
import org.relayhub.message.multipart.Form;
import org.relayhub.message.multipart.MultipartReader;
import org.springframework.core.io.FileSystemResource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** What {@code examples} holds is right by the schemas, and {@code examples/send} makes of it what the hub accepts. */
class ExamplesTest {

    private static final Path EXAMPLES = Path.of("examples");
    private static final Path MULTIPART = EXAMPLES.resolve("multipart");
    private static final FileSystemResource SCHEMAS = new FileSystemResource("schemas/");

    private final XMLInputFactory parsers = SafeParsers.newFactory();
    private final DocumentReader reader = new DocumentReader(new DocumentSchema(SCHEMAS), Clock.systemUTC());
    private final ActivityCodes codes = new ActivityCodes(CodeTable.read(SCHEMAS, "activities"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dispatch",
                "urge",
                "reply",
                "return",
                "reprocess",
                "archive",
                "comment",
                "query",
                "business-query",
                "business-handle",
                "diagnose",
                "repair",
                "notice"
            })
    void everyActivityHasARequestAndTheAnswerToIt(String activity) throws Exception {
        InterBossDocument request =
                read(Files.readString(EXAMPLES.resolve(activity).resolve("request.xml")));
        InterBossDocument response =
                read(Files.readString(EXAMPLES.resolve(activity).resolve("response.xml")));

        ActivityCodes.Row row = codes.of(Activity.of(activity));
        Header header = request.header();
        assertThat(header.request()).isTrue();
        assertThat(header.bipCode()).isEqualTo(row.bipCode());
        assertThat(header.activityCode()).isEqualTo(row.activityCode());
        assertThat(request.requireBody().element()).isEqualTo(row.requestElement());

        Header answered = response.header();
        assertThat(answered.transIdh()).isNotNull();
        assertThat(answered)
                .isEqualTo(
                        header.answered(String.valueOf(answered.transIdh()), String.valueOf(answered.transIdhTime())));
        assertThat(response.response()).isNotNull();
        assertThat(response.body() == null ? null : response.body().element()).isEqualTo(row.responseElement());
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFileIsRightForTheHubsReader(Path file) throws Exception {
        assertRight(read(Files.readString(file)));
    }

    @Test
    void theTwoPartsOfAFormAreOneDocumentThatIsRight() throws Exception {
        Form form = Form.empty()
                .with("xmlhead", Files.readAllBytes(MULTIPART.resolve("xmlhead.xml")))
                .with("xmlbody", Files.readAllBytes(MULTIPART.resolve("xmlbody.xml")));

        InterBossDocument document = new MultipartReader(reader).read(form.contentType(), form.bytes());

        assertRight(document);
        assertThat(document.header().sender()).hasToString("CRM-571");
        assertThat(document.requireBody().element()).isEqualTo("DispatchReq");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theCallOfTheReadmeSendsThem() throws Exception {
        String call = Files.readAllLines(EXAMPLES.resolve("README.md")).stream()
                .filter(line -> line.startsWith("curl") && line.contains("xmlhead"))
                .collect(Collectors.joining());
        assertThat(call).contains("http://127.0.0.1:8080/interboss");
        try (var hub = new RecordingHub("")) {
            var process = new ProcessBuilder("bash", "-c", call.replace("http://127.0.0.1:8080/interboss", hub.url()))
                    .redirectErrorStream(true)
                    .start();
            process.getInputStream().readAllBytes();

            assertThat(process.waitFor()).isZero();
            String sent = hub.received().remove();
            String boundary = sent.substring(2, sent.indexOf("\r\n"));
            assertRight(new MultipartReader(reader)
                    .read("multipart/form-data; boundary=" + boundary, sent.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFileIsValidForAnyReaderOfTheSchemas(Path file) throws Exception {
        var builders = DocumentBuilderFactory.newInstance();
        builders.setNamespaceAware(true);
        var document = builders.newDocumentBuilder().parse(new InputSource(new StringReader(Files.readString(file))));
        var interBoss = (Element) document.getElementsByTagNameNS(DocumentSchema.NAMESPACE, "InterBOSS")
                .item(0);
        Schema schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(Path.of("schemas", "interboss.xsd").toFile());

        assertThatCode(() -> schema.newValidator().validate(new DOMSource(interBoss)))
                .doesNotThrowAnyException();
    }

    static List<Path> files() throws IOException {
        try (Stream<Path> found = Files.walk(EXAMPLES)) {
            List<Path> files = found.filter(file -> file.toString().endsWith(".xml"))
                    .filter(file -> !file.startsWith(MULTIPART))
                    .sorted()
                    .toList();
            assertThat(files).isNotEmpty();
            return files;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "dispatch, '', CRM-250, CSVC-000",
        "dispatch, --cdata, CRM-250, CSVC-000",
        "dispatch, --as crm-571, CRM-571, CSVC-000",
        "archive, '', CRM-250, CSVC-000",
        "urge, --cdata, CRM-250, CSVC-000",
        "comment, --as CSVC-000 --to CRM-250, CSVC-000, CRM-250",
        "reprocess, '', CRM-250, CSVC-000",
        "query, '', CRM-250, CSVC-000",
        "reply, '', SIMS-250, SIMS-000",
        "return, '', SIMS-250, SIMS-000"
    })
    @DisabledOnOs(OS.WINDOWS)
    void sendMakesADocumentThatIsRight(String activity, String options, String sender, String home, @TempDir Path copy)
            throws Exception {
        try (var hub = new RecordingHub(answerTo(activity))) {
            String ticket = activity.equals("dispatch") ? "" : "20260302CSVC2500000042";
            Sent sent = send(copy, hub, activity + " " + options + " --wait 0 " + ticket);

            assertThat(sent.output()).contains("RspCode  0000");
            assertThat(sent.status()).isZero();
            InterBossDocument document = read(hub.received().remove());
            assertRight(document);
            assertThat(document.header().sender()).hasToString(sender);
            assertThat(document.header().homeDomain() + "-" + document.header().routeValue())
                    .isEqualTo(home);
            assertThat(document.requireBody().get("IndictSeq"))
                    .matches(ticket.isEmpty() ? "[0-9]{8}CSVC" + sender.substring(4) + "[0-9]{7}" : ticket);
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void sendTakesAFreshTransIdoAndTicketForEachDispatchAndGoesOnWithTheLastOne(@TempDir Path copy) throws Exception {
        try (var hub = new RecordingHub(answerTo("dispatch"))) {
            send(copy, hub, "dispatch --wait 0");
            send(copy, hub, "dispatch --wait 0");
            send(copy, hub, "archive --wait 0");

            InterBossDocument first = read(hub.received().remove());
            InterBossDocument second = read(hub.received().remove());
            InterBossDocument archive = read(hub.received().remove());
            assertThat(second.header().transIdo()).isNotEqualTo(first.header().transIdo());
            assertThat(second.requireBody().get("IndictSeq"))
                    .isNotEqualTo(first.requireBody().get("IndictSeq"));
            assertThat(archive.requireBody().get("IndictSeq"))
                    .isEqualTo(second.requireBody().get("IndictSeq"));
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void sendFollowsTheTicketsStoryToItsEnd(@TempDir Path copy) throws Exception {
        String story = """
                {"indictSeq":"20260302CSVC2500000042","testFlag":"1","svcTypeId":"03010101","status":"REPLIED",
                 "currentNode":"CRM-250","legs":[{"upstream":"CRM-250","downstream":"CSVC-000","state":"REPLIED",
                 "round":1,"urges":2,"deadTime":null,"updatedTime":null}],"story":[
                 {"at":"2026-03-02T09:30:15.5+08:00","from":"CRM-250","to":"CSVC-000","activity":"dispatch",
                  "transIdo":"a \\"quoted\\" one","transIdh":"HUB1","direction":"in","result":"0000 success","tries":null,
                  "nextTryAt":null},
                 {"at":"2026-03-02T01:30:16Z","from":"CRM-250","to":"CSVC-000","activity":"dispatch","transIdo":"1",
                  "transIdh":null,"direction":"out","result":"delivered: 0000 success","tries":2,"nextTryAt":null}]}
                """;
        try (var hub = new RecordingHub(answerTo("dispatch"), story)) {
            Sent sent = send(copy, hub, "dispatch");

            assertThat(sent.status()).isZero();
            assertThat(sent.output())
                    .contains(
                            "09:30:15  in   CRM-250  → CSVC-000  dispatch          0000 success",
                            "09:30:16  out  CRM-250  → CSVC-000  dispatch       2  delivered: 0000 success",
                            "20260302CSVC2500000042: REPLIED, with CRM-250",
                            "leg CRM-250  → CSVC-000  REPLIED, round 1, urges 2");
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void sendSaysHowToStartAHubWhereNoneIsRunning(@TempDir Path copy) throws Exception {
        var hub = new RecordingHub("");
        hub.close();

        Sent sent = send(copy, hub, "dispatch");

        assertThat(sent.status()).isEqualTo(3);
        assertThat(sent.output()).contains("Is the hub running?", "mvn spring-boot:run");
    }

    private static String answerTo(String activity) throws IOException {
        return Files.readString(EXAMPLES.resolve(activity).resolve("response.xml"));
    }

    private static void assertRight(InterBossDocument document) {
        assertThat(document.headerFault()).isNull();
        assertThat(document.bodyFault()).isNull();
    }

    private InterBossDocument read(String envelope) throws XMLStreamException {
        XMLStreamReader xml = parsers.createXMLStreamReader(new StringReader(envelope));
        while (!(xml.isStartElement() && xml.getLocalName().equals("InterBOSS"))) {
            xml.next();
        }
        return reader.read(xml);
    }

    private record Sent(int status, String output) {}

    /** Runs a copy of the examples, so that their last ticket stays as it is. */
    private static Sent send(Path copy, RecordingHub hub, String arguments) throws Exception {
        try (Stream<Path> found = Files.walk(EXAMPLES)) {
            for (Path file : found.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .toList()) {
                Path to = copy.resolve(EXAMPLES.relativize(file));
                Files.createDirectories(to.getParent());
                if (!Files.exists(to)) {
                    Files.copy(file, to);
                }
            }
        }
        var command = Stream.concat(
                        Stream.of("bash", copy.resolve("send").toString(), "--url", hub.url()),
                        Stream.of(arguments.trim().split(" +")))
                .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Sent(process.exitValue(), output);
    }

    /** Takes requests over HTTP as the hub does, and gives each the same answer. */
    private static final class RecordingHub implements AutoCloseable {

        private final HttpServer server;
        private final ConcurrentLinkedQueue<String> received = new ConcurrentLinkedQueue<>();

        private RecordingHub(String answer) throws IOException {
            this(answer, "{}");
        }

        private RecordingHub(String answer, String story) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/ws/interboss", exchange -> {
                received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                respond(exchange, answer);
            });
            server.createContext("/api/tickets/", exchange -> respond(exchange, story));
            server.start();
        }

        private static void respond(HttpExchange exchange, String text) throws IOException {
            byte[] content = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        }

        private String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/ws/interboss";
        }

        private ConcurrentLinkedQueue<String> received() {
            return received;
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
