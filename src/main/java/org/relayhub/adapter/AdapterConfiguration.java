package org.relayhub.adapter;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import javax.xml.stream.XMLInputFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.cxf.Bus;
import org.relayhub.adapter.tls.PeerSettings;
import org.relayhub.adapter.tls.PeerTls;
import org.relayhub.directory.Directory;
import org.relayhub.message.codec.DocumentReader;
import org.relayhub.message.codec.ResponseDocument;
import org.relayhub.message.codec.SafeParsers;
import org.relayhub.message.codes.ActivityCodes;
import org.relayhub.message.multipart.MultipartReader;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** What the Kamelets of the {@code adapters} folder call. */
@Configuration(proxyBeanMethods = false)
class AdapterConfiguration {

    private static final String MULTIPART = "/interboss";

    /** Finds Kamelets in the hub's own folder. */
    @Bean
    KameletComponent kamelet(@Value("${hub.adapters}") String adapters) {
        var component = new KameletComponent();
        component.setLocation(adapters);
        return component;
    }

    @Bean
    AnswerWriter answerWriter(ResponseDocument documents, Directory directory) {
        return new AnswerWriter(documents, directory);
    }

    @Bean
    Intake intake(ActivityCodes activities, MeterRegistry meters, Tracer tracer) {
        return new Intake(activities, meters, tracer);
    }

    @Bean
    SoapInbound soapInbound(DocumentReader reader, Intake intake, AnswerWriter answers, Bus bus) {
        bus.getOutFaultInterceptors().add(new ClientFaultStatus());
        return new SoapInbound(reader, intake, answers);
    }

    @Bean
    PartyAccess partyAccess(Environment environment) {
        boolean standalone = environment.acceptsProfiles(Profiles.of("standalone"));
        // Asked at each call, since a port that the system chooses is known only when the server has started.
        Supplier<String> peers = () -> "http://127.0.0.1:"
                + environment.getProperty("local.server.port", environment.getProperty("server.port", "8080"))
                + "/sim/";
        return new PartyAccess(standalone ? peers : null, standalone ? "demo" : null);
    }

    @Bean
    PeerTls peerTls(PeerSettings settings, SslBundles bundles) {
        return new PeerTls(settings, bundles);
    }

    @Bean
    SoapOutbound soapOutbound(DocumentReader reader, PartyAccess access, PeerTls tls) {
        return new SoapOutbound(reader, access, tls);
    }

    @Bean
    MultipartReader multipartReader(DocumentReader reader) {
        return new MultipartReader(reader);
    }

    @Bean
    MultipartInbound multipartInbound(Intake intake, AnswerWriter answers) {
        return new MultipartInbound(intake, answers);
    }

    @Bean
    MultipartOutbound multipartOutbound(DocumentReader reader, PartyAccess access, PeerTls tls) {
        return new MultipartOutbound(reader, access, tls);
    }

    @Bean
    ServletRegistrationBean<MultipartServlet> multipartServlet() {
        var registration = new ServletRegistrationBean<>(new MultipartServlet(), MULTIPART);
        // The name by which Camel looks for the servlet of a consumer that names none.
        registration.setName("CamelServlet");
        return registration;
    }

    @Bean
    FilterRegistrationBean<MultipartRequestFilter> multipartRequestFilter(
            ObjectProvider<CamelContext> camel, MultipartReader reader) {
        var registration = new FilterRegistrationBean<>(
                new MultipartRequestFilter(() -> camel.getObject().isStarted(), reader));
        registration.addUrlPatterns(MULTIPART);
        return registration;
    }

    /** Requests are read by the same bounded parser as every other document from outside. */
    @Bean
    Map<String, Object> soapLimits() {
        // A map that can be changed, because the endpoint adds settings of its own.
        return new HashMap<>(Map.of(XMLInputFactory.class.getName(), SafeParsers.newFactory()));
    }

    @Bean
    FilterRegistrationBean<SoapRequestFilter> soapRequestFilter(ObjectProvider<CamelContext> camel) {
        var registration = new FilterRegistrationBean<>(
                new SoapRequestFilter(() -> camel.getObject().isStarted()));
        registration.addUrlPatterns("/ws/*");
        return registration;
    }
}
