package org.relayhub.message.multipart;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.util.LinkedMultiValueMap;

/**
 * A document as a multipart form, ready to be posted.
 *
 * @param contentType with the boundary
 */
public record MultipartForm(String contentType, byte[] content) {

    private static final FormHttpMessageConverter FORMS = forms();

    private static FormHttpMessageConverter forms() {
        var forms = new FormHttpMessageConverter();
        // Otherwise the content type says charset, which a form of parts has none of.
        forms.setMultipartCharset(StandardCharsets.UTF_8);
        return forms;
    }

    /** Makes the form of a document's parts. */
    public static MultipartForm of(DocumentParts parts) {
        var form = new LinkedMultiValueMap<String, Object>();
        form.add(DocumentParts.HEAD, part(parts.head()));
        form.add(DocumentParts.BODY, part(parts.body()));
        var written = new Written();
        try {
            FORMS.write(form, MediaType.MULTIPART_FORM_DATA, written);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory cannot fail", e);
        }
        return new MultipartForm(String.valueOf(written.headers.getContentType()), written.content.toByteArray());
    }

    private static HttpEntity<byte[]> part(String xml) {
        var headers = new HttpHeaders();
        headers.setContentType(new MediaType(MediaType.TEXT_XML, StandardCharsets.UTF_8));
        return new HttpEntity<>(xml.getBytes(StandardCharsets.UTF_8), headers);
    }

    private static final class Written implements HttpOutputMessage {

        private final HttpHeaders headers = new HttpHeaders();
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        @Override
        public OutputStream getBody() {
            return content;
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }
    }
}
