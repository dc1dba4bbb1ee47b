package org.relayhub.adapter;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.cxf.Bus;
import org.apache.cxf.staxutils.StaxUtils;
import org.relayhub.directory.Directory;
import org.relayhub.message.codec.DocumentReader;
import org.relayhub.message.codec.ResponseDocument;
import org.relayhub.message.codec.SafeParsers;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** What the Kamelets of the {@code adapters} folder call. */
@Configuration(proxyBeanMethods = false)
class AdapterConfiguration {

    /** The envelope and the body around a document. */
    private static final int ENVELOPE_DEPTH = 2;

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
    SoapInbound soapInbound(DocumentReader reader, AnswerWriter answers, Bus bus) {
        bus.getOutFaultInterceptors().add(new ClientFaultStatus());
        return new SoapInbound(reader, answers);
    }

    @Bean
    SoapOutbound soapOutbound(DocumentReader reader, Environment environment) {
        boolean standalone = environment.acceptsProfiles(Profiles.of("standalone"));
        // Asked at each call, since a port that the system chooses is known only when the server has started.
        Supplier<String> peers = () -> "http://127.0.0.1:"
                + environment.getProperty("local.server.port", environment.getProperty("server.port", "8080"))
                + "/sim/";
        return new SoapOutbound(reader, standalone ? peers : null, standalone ? "demo" : null);
    }

    /** How deep and how large a request may be; set on the SOAP endpoint. */
    @Bean
    Map<String, Object> soapLimits() {
        return new HashMap<>(Map.of(
                StaxUtils.MAX_ELEMENT_DEPTH,
                SafeParsers.MAX_DEPTH + ENVELOPE_DEPTH,
                StaxUtils.MAX_ATTRIBUTE_COUNT,
                32,
                StaxUtils.MAX_ATTRIBUTE_SIZE,
                4096,
                StaxUtils.MAX_XML_CHARACTERS,
                (long) SafeParsers.MAX_BYTES));
    }

    @Bean
    FilterRegistrationBean<DocumentSizeLimit> documentSizeLimit() {
        var registration = new FilterRegistrationBean<>(new DocumentSizeLimit());
        registration.addUrlPatterns("/ws/*");
        return registration;
    }
}
