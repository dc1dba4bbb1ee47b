package org.relayhub.message.codec;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBElement;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.Marshaller;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import javax.xml.transform.stream.StreamSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.relayhub.client.BIPType;
import org.relayhub.client.DispatchReq;
import org.relayhub.client.InterBOSS;
import org.relayhub.client.InterBossService;
import org.relayhub.client.ObjectFactory;
import org.relayhub.client.QueryRsp;
import org.relayhub.client.RoutingInfo;
import org.relayhub.client.SNReserve;
import org.relayhub.client.SvcCont;
import org.relayhub.client.TransInfo;
import org.relayhub.message.Header;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.Response;

/** A client that is generated from the WSDL, as a partner would, speaks the contract. */
class GeneratedClientTest {

    private static final DocumentReader READER = Codec.reader();

    private static JAXBContext context;

    @BeforeAll
    static void bind() throws JAXBException {
        context = JAXBContext.newInstance(ObjectFactory.class);
    }

    @Test
    void aDocumentThatItWritesWithATypedBodyIsRight() throws JAXBException {
        SvcCont content = new SvcCont();
        content.getContent().add(dispatch());

        InterBossDocument document = READER.read(marshalled(document(content)));

        assertThat(document.headerFault()).isNull();
        assertThat(document.bodyFault()).isNull();
        assertThat(document.header().transIdo()).isEqualTo("CLIENT-1");
        assertThat(document.requireBody().get("Title")).isEqualTo("扣费 <争议> & 退费");
        assertThat(document.requireBody().find("SPID")).isNull();
    }

    @Test
    void aDocumentThatItWritesWithItsBodyAsTextIsRight() throws JAXBException {
        SvcCont content = new SvcCont();
        content.getContent().add(marshalled(dispatch()));

        InterBossDocument document = READER.read(marshalled(document(content)));

        assertThat(document.headerFault()).isNull();
        assertThat(document.bodyFault()).isNull();
        assertThat(document.requireBody().element()).isEqualTo("DispatchReq");
        assertThat(document.requireBody().get("Title")).isEqualTo("扣费 <争议> & 退费");
    }

    @Test
    void itReadsAnAnswerThatTheHubWrites() throws JAXBException {
        Header request = READER.read(ValidDocuments.of("QueryReq").xml()).header();
        var body = READER.read(ValidDocuments.of("QueryRsp").xml()).requireBody();
        var answer = InterBossDocument.of(
                request.answered("HUB000000000000007", "20261122101502"), new Response("0", "0000", "成功"), body);

        InterBOSS read = unmarshalled(new DocumentWriter().write(answer));

        assertThat(read.getBIPType().getActionCode()).isEqualTo("1");
        assertThat(read.getTransInfo().getTransIDO()).isEqualTo("CRM250-0000000001");
        assertThat(read.getTransInfo().getTransIDH()).isEqualTo("HUB000000000000007");
        assertThat(read.getResponse().getRspCode()).isEqualTo("0000");
        assertThat(read.getResponse().getRspDesc()).isEqualTo("成功");
        List<Object> content = read.getSvcCont().getContent();
        assertThat(content).singleElement().isInstanceOfSatisfying(QueryRsp.class, status -> {
            assertThat(status.getCurrentNode()).isEqualTo("SIMS-000");
            assertThat(status.getStatus()).hasToString("DISPATCHED");
        });
    }

    @Test
    void itReadsARefusalThatTheHubWrites() throws JAXBException {
        Header request = READER.read(ValidDocuments.dispatch().xml()).header();
        var answer = InterBossDocument.of(
                request.answered("HUB000000000000008", "20261122101502"),
                new Response("2", "4004", "Title: has 201 bytes in GBK, at most 200"),
                null);

        InterBOSS read = unmarshalled(new DocumentWriter().write(answer));

        assertThat(read.getResponse().getRspType()).isEqualTo("2");
        assertThat(read.getResponse().getRspDesc()).startsWith("Title: ");
        assertThat(read.getSvcCont()).isNull();
    }

    @Test
    void everyBodyThatTheHubMayPassOnCanBeReadInBothForms() throws JAXBException {
        var writer = new DocumentWriter();
        for (String body : ValidDocuments.bodies()) {
            String canonical = writer.write(READER.read(ValidDocuments.of(body).xml()));
            Object child = unmarshalled(WireForm.CHILD.render(canonical, "HUB1"))
                    .getSvcCont()
                    .getContent()
                    .get(0);
            Object text = unmarshalled(WireForm.TEXT.render(canonical, "HUB1"))
                    .getSvcCont()
                    .getContent()
                    .get(0);

            assertThat(child.getClass().getSimpleName()).isEqualTo(body);
            assertThat(context.createUnmarshaller().unmarshal(new StringReader((String) text)))
                    .hasSameClassAs(child);
        }
    }

    @Test
    void itsServiceHasThePortOfTheWsdl() {
        assertThat(new InterBossService().getInterBossPort()).isNotNull();
    }

    private static InterBOSS document(SvcCont content) {
        var document = new InterBOSS();
        document.setVersion("0100");
        document.setTestFlag("1");
        var type = new BIPType();
        type.setBIPCode("BIP2C081");
        type.setActivityCode("T2002081");
        type.setActionCode("0");
        document.setBIPType(type);
        var routing = new RoutingInfo();
        routing.setOrigDomain("CRM");
        routing.setRouteType("00");
        var to = new RoutingInfo.Routing();
        to.setHomeDomain("CSVC");
        to.setRouteValue("000");
        routing.setRouting(to);
        document.setRoutingInfo(routing);
        var transaction = new TransInfo();
        transaction.setTransIDO("CLIENT-1");
        transaction.setTransIDOTime("20261122101500");
        document.setTransInfo(transaction);
        var reserve = new SNReserve();
        reserve.setMsgSender("2500");
        document.setSNReserve(reserve);
        document.setSvcCont(content);
        return document;
    }

    private static DispatchReq dispatch() {
        var dispatch = new DispatchReq();
        dispatch.setIndictSeq("20261122CSVC2500000001");
        dispatch.setContactId("2502026112210150000001");
        dispatch.setContactChannel("01");
        dispatch.setOriginTime("2026-11-22 10:10:00");
        dispatch.setSRId("SR1");
        dispatch.setMSISDN("13900000000");
        dispatch.setSubsName("张三");
        dispatch.setSvcCity("南京");
        dispatch.setSubsLevel("04");
        dispatch.setSubsBrand("01");
        dispatch.setCallerNo("13900000000");
        dispatch.setCalledNo("10086");
        dispatch.setSvcTypeId("0301");
        dispatch.setUrgentId("01");
        dispatch.setHomeProv("250");
        dispatch.setTProv("000");
        dispatch.setAcceptTime("2026-11-22 10:15:00");
        dispatch.setDeadTime("2026-11-24 10:15:00");
        dispatch.setAcceptStaff("10086001");
        dispatch.setTitle("扣费 <争议> & 退费");
        dispatch.setServiceContent("内容");
        dispatch.setProcessType("投诉处理");
        dispatch.setServiceName("梦网短信");
        return dispatch;
    }

    private static String marshalled(Object document) throws JAXBException {
        var text = new StringWriter();
        Marshaller marshaller = context.createMarshaller();
        marshaller.setProperty(Marshaller.JAXB_FRAGMENT, true);
        marshaller.marshal(document, text);
        return text.toString();
    }

    private static InterBOSS unmarshalled(String xml) throws JAXBException {
        JAXBElement<InterBOSS> root =
                context.createUnmarshaller().unmarshal(new StreamSource(new StringReader(xml)), InterBOSS.class);
        return root.getValue();
    }
}
