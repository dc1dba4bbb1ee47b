package org.relayhub.adapter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.relayhub.message.MalformedDocumentException;
import org.relayhub.message.codec.SafeParsers;
import org.relayhub.message.multipart.MultipartReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Takes the document out of a multipart request, or refuses the request, before anything acts on it. Nothing of it is
 * ever kept in a file: it is read into memory, up to its limit and to its very end.
 */
final class MultipartRequestFilter extends OncePerRequestFilter {

    /** The request's attribute that holds the {@link org.relayhub.message.InterBossDocument}. */
    static final String DOCUMENT = MultipartRequestFilter.class.getName() + ".DOCUMENT";

    /** Under which metrics count requests. */
    private static final String ADDRESS = "/interboss";

    private static final Logger log = LoggerFactory.getLogger(MultipartRequestFilter.class);

    private final BooleanSupplier ready;
    private final MultipartReader reader;

    /** @param ready whether every route is there; an early caller would be told that there is no such address */
    MultipartRequestFilter(BooleanSupplier ready, MultipartReader reader) {
        this.ready = ready;
        this.reader = reader;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ServerHttpObservationFilter.findObservationContext(request)
                .ifPresent(context -> context.setPathPattern(ADDRESS));
        String type = request.getContentType();
        if (!ready.getAsBoolean()) {
            refuse(request, response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "The hub starts or stops; try again");
        } else if (!MultipartReader.isForm(type)) {
            refuse(
                    request,
                    response,
                    HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE,
                    "The request must be multipart/form-data with a boundary, in UTF-8");
        } else if (request.getContentLengthLong() > SafeParsers.MAX_BYTES) {
            refuseLarge(request, response);
        } else if (take(request, response, type)) {
            chain.doFilter(request, response);
        }
    }

    /** Reads the request; false if it is refused. */
    private boolean take(HttpServletRequest request, HttpServletResponse response, String type) throws IOException {
        byte[] content;
        try {
            content = WholeBody.read(request.getInputStream());
        } catch (WholeBody.TooSlowException e) {
            refuse(request, response, HttpServletResponse.SC_REQUEST_TIMEOUT, String.valueOf(e.getMessage()));
            return false;
        } catch (IOException e) {
            refuse(request, response, HttpServletResponse.SC_BAD_REQUEST, "The request did not come to its end");
            return false;
        }
        if (content.length > SafeParsers.MAX_BYTES) {
            refuseLarge(request, response);
            return false;
        }
        try {
            request.setAttribute(DOCUMENT, reader.read(type, content));
            return true;
        } catch (MalformedDocumentException e) {
            refuse(request, response, HttpServletResponse.SC_BAD_REQUEST, String.valueOf(e.getMessage()));
            return false;
        }
    }

    private static void refuseLarge(HttpServletRequest request, HttpServletResponse response) throws IOException {
        refuse(request, response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "The request is larger than 1 MiB");
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, int status, String reason)
            throws IOException {
        log.info("Refused a multipart request of {}: {}", request.getRemoteUser(), reason);
        response.setStatus(status);
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().write(reason);
    }
}
