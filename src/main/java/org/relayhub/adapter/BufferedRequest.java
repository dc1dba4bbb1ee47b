package org.relayhub.adapter;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayInputStream;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request whose content was read and found to be SOAP in UTF-8. Its headers say that and nothing else, so that nobody
 * behind can read it as anything else.
 */
final class BufferedRequest extends HttpServletRequestWrapper {

    private static final String CONTENT_TYPE = "text/xml;charset=UTF-8";

    /** There is one operation: which one SOAPAction asks for is of no meaning. */
    private static final Map<String, String> FIXED = fixed();

    private final byte[] content;

    BufferedRequest(HttpServletRequest request, byte[] content) {
        super(request);
        this.content = content;
    }

    private static Map<String, String> fixed() {
        Map<String, String> fixed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fixed.put("Content-Type", CONTENT_TYPE);
        fixed.put("SOAPAction", "\"\"");
        return Collections.unmodifiableMap(fixed);
    }

    @Override
    public String getContentType() {
        return CONTENT_TYPE;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return FIXED.containsKey(name) ? FIXED.get(name) : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        String fixed = FIXED.get(name);
        return fixed == null ? super.getHeaders(name) : Collections.enumeration(List.of(fixed));
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
