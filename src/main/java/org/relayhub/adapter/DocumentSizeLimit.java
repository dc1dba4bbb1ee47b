package org.relayhub.adapter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.relayhub.message.codec.SafeParsers;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses requests over 1 MiB before anything parses them, whether or not they say how long they are. */
final class DocumentSizeLimit extends OncePerRequestFilter {

    private static final String FAULT = """
            <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault>\
            <faultcode>soap:Client</faultcode><faultstring>The request is larger than 1 MiB</faultstring>\
            </soap:Fault></soap:Body></soap:Envelope>""";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!request.getMethod().equals("POST")) {
            chain.doFilter(request, response);
            return;
        }
        byte[] content = request.getContentLengthLong() > SafeParsers.MAX_BYTES
                ? new byte[SafeParsers.MAX_BYTES + 1]
                : request.getInputStream().readNBytes(SafeParsers.MAX_BYTES + 1);
        if (content.length > SafeParsers.MAX_BYTES) {
            response.setStatus(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
            response.setContentType("text/xml;charset=UTF-8");
            response.getWriter().write(FAULT);
            return;
        }
        chain.doFilter(new Read(request, content), response);
    }

    /** A request whose content was read. */
    private static final class Read extends HttpServletRequestWrapper {

        private final byte[] content;

        private Read(HttpServletRequest request, byte[] content) {
            super(request);
            this.content = content;
        }

        @Override
        public ServletInputStream getInputStream() {
            var bytes = new ByteArrayInputStream(content);
            return new ServletInputStream() {
                @Override
                public int read() {
                    return bytes.read();
                }

                @Override
                public int read(byte[] to, int from, int length) {
                    return bytes.read(to, from, length);
                }

                @Override
                public boolean isFinished() {
                    return bytes.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new IllegalStateException("the content is read already");
                }
            };
        }
    }
}
