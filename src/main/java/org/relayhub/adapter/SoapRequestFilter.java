package org.relayhub.adapter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.BooleanSupplier;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.codec.DocumentSchema;
import org.relayhub.message.codec.SafeParsers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Refuses what is no SOAP 1.1 request with one document, before anything acts on it: too large, not UTF-8, not well
 * formed to its very end, or another envelope. A message that was cut off on its way must not be taken for a whole one,
 * and the SOAP engine would answer before it has read the end.
 */
final class SoapRequestFilter extends OncePerRequestFilter {

    private static final String ENVELOPE_NAMESPACE = "http://schemas.xmlsoap.org/soap/envelope/";

    /** Under which metrics count requests. */
    private static final String ADDRESS = "/ws/interboss";

    private static final Logger log = LoggerFactory.getLogger(SoapRequestFilter.class);

    private final BooleanSupplier ready;
    private final XMLInputFactory parsers = SafeParsers.newFactory();

    /** @param ready whether every route is there; the SOAP engine would answer an early caller with nothing and 200 */
    SoapRequestFilter(BooleanSupplier ready) {
        this.ready = ready;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ServerHttpObservationFilter.findObservationContext(request)
                .ifPresent(context -> context.setPathPattern(ADDRESS));
        if (!request.getMethod().equals("POST")) {
            chain.doFilter(request, response);
            return;
        }
        if (!ready.getAsBoolean()) {
            refuse(request, response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "The hub starts or stops; try again");
            return;
        }
        if (!isUtf8Xml(request.getContentType())) {
            refuse(
                    request,
                    response,
                    HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE,
                    "The request must be text/xml in UTF-8");
            return;
        }
        byte[] content;
        try {
            content = request.getContentLengthLong() > SafeParsers.MAX_BYTES
                    ? new byte[SafeParsers.MAX_BYTES + 1]
                    : WholeBody.read(request.getInputStream());
        } catch (WholeBody.TooSlowException e) {
            refuse(request, response, HttpServletResponse.SC_REQUEST_TIMEOUT, String.valueOf(e.getMessage()));
            return;
        }
        if (content.length > SafeParsers.MAX_BYTES) {
            refuse(
                    request,
                    response,
                    HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
                    "The request is larger than 1 MiB");
            return;
        }
        String fault = fault(content);
        if (fault != null) {
            refuse(request, response, HttpServletResponse.SC_BAD_REQUEST, fault);
            return;
        }
        chain.doFilter(new BufferedRequest(request, content), response);
    }

    private static boolean isUtf8Xml(@Nullable String contentType) {
        try {
            MediaType type = MediaType.parseMediaType(contentType == null ? "" : contentType);
            // A parameter of another name would make the SOAP engine read something else than was checked here.
            return type.equalsTypeAndSubtype(MediaType.TEXT_XML)
                    && Set.of("charset").containsAll(type.getParameters().keySet())
                    && (type.getCharset() == null || type.getCharset().equals(StandardCharsets.UTF_8));
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    /** What is wrong with a request as XML and as SOAP; null if nothing. */
    private @Nullable String fault(byte[] content) {
        try {
            XMLStreamReader xml = parsers.createXMLStreamReader(new ByteArrayInputStream(content));
            try {
                return new Envelope(xml).fault();
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            return e.getLocation() == null
                    ? "The XML is not well formed"
                    : "The XML is not well formed at line " + e.getLocation().getLineNumber() + ", column "
                            + e.getLocation().getColumnNumber();
        }
    }

    /** One reading of an envelope, to its end. */
    private static final class Envelope {

        private final XMLStreamReader xml;
        private boolean body;
        private int documents;
        private @Nullable String fault;

        private Envelope(XMLStreamReader xml) {
            this.xml = xml;
        }

        private @Nullable String fault() throws XMLStreamException {
            int depth = 0;
            while (xml.hasNext()) {
                switch (xml.next()) {
                    case XMLStreamReader.START_ELEMENT -> opened(++depth);
                    case XMLStreamReader.END_ELEMENT -> depth--;
                    case XMLStreamReader.DTD -> fault("A document type is not allowed");
                    case XMLStreamReader.PROCESSING_INSTRUCTION -> fault("A processing instruction is not allowed");
                    default -> {
                        // Text and comments say nothing about the envelope.
                    }
                }
            }
            if (documents != 1) {
                fault("The SOAP body must hold one InterBOSS document");
            }
            return fault;
        }

        private void opened(int depth) {
            if (depth == 1 && !isSoap("Envelope")) {
                fault("A SOAP 1.1 envelope is wanted");
            } else if (depth == 2 && (body || !(isSoap("Header") || isSoap("Body")))) {
                fault("A SOAP envelope holds a header, if any, and then one body");
            } else if (depth == 2) {
                body = isSoap("Body");
            } else if (depth == 3 && body) {
                documents++;
                if (!xml.getLocalName().equals("InterBOSS")
                        || !DocumentSchema.NAMESPACE.equals(xml.getNamespaceURI())) {
                    fault("The SOAP body must hold one InterBOSS document of namespace " + DocumentSchema.NAMESPACE);
                }
            }
        }

        private boolean isSoap(String name) {
            return name.equals(xml.getLocalName()) && ENVELOPE_NAMESPACE.equals(xml.getNamespaceURI());
        }

        private void fault(String reason) {
            if (fault == null) {
                fault = reason;
            }
        }
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, int status, String reason)
            throws IOException {
        log.info("Refused a SOAP request of {}: {}", request.getRemoteUser(), reason);
        response.setStatus(status);
        response.setContentType("text/xml;charset=UTF-8");
        response.getWriter()
                .write("<soap:Envelope xmlns:soap=\"" + ENVELOPE_NAMESPACE + "\"><soap:Body><soap:Fault>"
                        + "<faultcode>soap:" + (status < 500 ? "Client" : "Server") + "</faultcode><faultstring>"
                        + reason
                        + "</faultstring></soap:Fault></soap:Body></soap:Envelope>");
    }
}
