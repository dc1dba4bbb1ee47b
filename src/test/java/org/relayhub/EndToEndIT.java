package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.xml.ws.BindingProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.client.DocumentExchange;
import org.relayhub.client.InterBOSS;
import org.relayhub.client.InterBossService;
import org.relayhub.client.SvcCont;
import org.relayhub.message.Activity;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Party;

/** The hub as a newcomer starts it, with its simulated peers: a complaint goes the whole way down and back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndToEndIT {

    private static final Party CRM = Party.of("CRM-250");
    private static final Party CSVC = Party.of("CSVC-000");
    private static final AtomicInteger TICKETS = new AtomicInteger();

    private final HubProcess hub;

    EndToEndIT(@TempDir Path folder) throws IOException {
        hub = new HubProcess(
                folder,
                List.of(
                        "--hub.standalone.simulation.sample-every=0s",
                        "--hub.standalone.simulation.reply-after=200ms"));
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    private static String newTicket() {
        return "20261122CSVC250%07d".formatted(TICKETS.incrementAndGet());
    }

    private SoapCaller.Reply send(Activity activity, String ticket) throws Exception {
        return send(Messages.message(activity, CRM, CSVC, ticket).canonical());
    }

    private SoapCaller.Reply send(String document) throws Exception {
        return new SoapCaller(hub.port()).send("crm-250", document);
    }

    private JsonNode ticket(String indictSeq) throws Exception {
        return hub.json("/api/tickets/" + indictSeq);
    }

    /** The legs, as in {@code CRM-250 CSVC-000 REPLIED}. */
    private List<String> legs(String indictSeq) throws Exception {
        List<String> legs = new ArrayList<>();
        for (JsonNode leg : ticket(indictSeq).path("legs")) {
            legs.add(leg.path("upstream").asText() + " "
                    + leg.path("downstream").asText() + " " + leg.path("state").asText());
        }
        return legs;
    }

    private void awaitLegs(String indictSeq, String... legs) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(legs(indictSeq)).containsExactlyInAnyOrder(legs));
    }

    @Test
    void a_complaint_goes_down_leg_by_leg_and_its_replies_come_up_and_an_archive_closes_every_leg() throws Exception {
        String ticket = newTicket();
        assertThat(send(Activity.DISPATCH, ticket).code()).isEqualTo("0000");

        awaitLegs(ticket, "CRM-250 CSVC-000 REPLIED", "CSVC-000 SIMS-000 REPLIED", "SIMS-000 SIMS-250 REPLIED");
        assertThat(send(Activity.ARCHIVE, ticket).code()).isEqualTo("0000");
        awaitLegs(ticket, "CRM-250 CSVC-000 ARCHIVED", "CSVC-000 SIMS-000 ARCHIVED", "SIMS-000 SIMS-250 ARCHIVED");
    }

    @Test
    void a_cross_region_complaint_goes_to_the_target_province() throws Exception {
        String ticket = newTicket();
        AddressedMessage dispatch = Messages.message(Activity.DISPATCH, CRM, CSVC, ticket);
        send(dispatch.canonical().replace("<TProv>000</TProv>", "<TProv>431</TProv>"));

        awaitLegs(ticket, "CRM-250 CSVC-000 REPLIED", "CSVC-000 SIMS-000 REPLIED", "SIMS-000 SIMS-431 REPLIED");
    }

    @Test
    void a_complaint_that_names_a_number_goes_to_the_numbers_province() throws Exception {
        String ticket = newTicket();
        Party sims = Party.of("SIMS-000");
        String document = Messages.byNumber(Activity.DISPATCH, sims, Party.of("SIMS-431"), ticket, "10043100017")
                .canonical();

        assertThat(new SoapCaller(hub.port()).send("sims-000", document).code()).isEqualTo("0000");
        awaitLegs(ticket, "SIMS-000 SIMS-431 REPLIED");
    }

    @Test
    void an_unsatisfied_customer_sends_the_ticket_down_for_another_round() throws Exception {
        String ticket = newTicket();
        send(Activity.DISPATCH, ticket);
        awaitLegs(ticket, "CRM-250 CSVC-000 REPLIED", "CSVC-000 SIMS-000 REPLIED", "SIMS-000 SIMS-250 REPLIED");

        assertThat(send(Activity.REPROCESS, ticket).code()).isEqualTo("0000");

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(ticket(ticket).path("legs")).allSatisfy(leg -> {
                assertThat(leg.path("round").asInt()).isEqualTo(2);
                assertThat(leg.path("state").asText()).isEqualTo("REPLIED");
            });
        });
    }

    @Test
    void a_query_is_answered_by_the_home_party() throws Exception {
        String ticket = newTicket();
        send(Activity.DISPATCH, ticket);
        awaitLegs(ticket, "CRM-250 CSVC-000 REPLIED", "CSVC-000 SIMS-000 REPLIED", "SIMS-000 SIMS-250 REPLIED");

        SoapCaller.Reply reply = send(Activity.QUERY, ticket);

        assertThat(reply.code()).isEqualTo("0000");
        assertThat(reply.body()).contains("<Source>HOME</Source>", "<Status>REPLIED</Status>");
    }

    @Test
    void the_story_tells_every_message_with_its_tries() throws Exception {
        String ticket = newTicket();
        send(Activity.DISPATCH, ticket);
        awaitLegs(ticket, "CRM-250 CSVC-000 REPLIED", "CSVC-000 SIMS-000 REPLIED", "SIMS-000 SIMS-250 REPLIED");
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                        ticket(ticket).path("story"))
                .filteredOn(line -> line.path("direction").asText().equals("out"))
                .hasSize(6)
                .allSatisfy(line -> assertThat(line.path("tries").asInt()).isPositive()));
    }

    @Test
    void a_client_that_was_generated_from_the_wsdl_works() throws Exception {
        var service = new InterBossService(URI.create("http://127.0.0.1:" + hub.port() + "/ws/interboss?wsdl")
                .toURL());
        DocumentExchange client = service.getInterBossPort();
        var context = ((BindingProvider) client).getRequestContext();
        context.put(BindingProvider.ENDPOINT_ADDRESS_PROPERTY, "http://127.0.0.1:" + hub.port() + "/ws/interboss");
        context.put(BindingProvider.USERNAME_PROPERTY, "crm-250");
        context.put(BindingProvider.PASSWORD_PROPERTY, "demo");
        AddressedMessage dispatch = Messages.message(Activity.DISPATCH, CRM, CSVC, newTicket());
        InterBOSS request = (InterBOSS) jakarta.xml.bind.JAXBContext.newInstance(InterBOSS.class)
                .createUnmarshaller()
                .unmarshal(new java.io.StringReader(dispatch.canonical()));

        InterBOSS typed = client.exchange(request);
        var asText = new SvcCont();
        asText.getContent().add(dispatch.document().requireBody().xml());
        request.setSvcCont(asText);
        InterBOSS repeated = client.exchange(request);

        assertThat(typed.getResponse().getRspCode()).isEqualTo("0000");
        assertThat(repeated.getTransInfo().getTransIDH())
                .as("the same document in the other form")
                .isEqualTo(typed.getTransInfo().getTransIDH());
    }

    @Test
    void another_partys_name_is_0118_and_no_name_is_401() throws Exception {
        String document =
                Messages.message(Activity.DISPATCH, CRM, CSVC, newTicket()).canonical();

        assertThat(new SoapCaller(hub.port()).send("crm-100", document).code()).isEqualTo("0118");
        assertThat(new SoapCaller(hub.port()).send("nobody", document).status()).isEqualTo(401);
    }

    @Test
    void a_document_without_a_way_is_refused() throws Exception {
        String document =
                Messages.message(Activity.DISPATCH, CRM, CSVC, newTicket()).canonical();

        assertThat(send(document.replace("<HomeDomain>CSVC", "<HomeDomain>SIMS"))
                        .code())
                .isEqualTo("0104");
        assertThat(send(document.replace(
                                "<HomeDomain>CSVC</HomeDomain><RouteValue>000",
                                "<HomeDomain>CRM</HomeDomain><RouteValue>250"))
                        .code())
                .isEqualTo("0129");
        assertThat(send(document.replace("BIP2C081", "BIP2C082")).code()).isEqualTo("0126");
        assertThat(send(document.replace("CSVC2500", "CSVC1000")).code())
                .as("a ticket of another province")
                .isEqualTo("4005");
    }
}
