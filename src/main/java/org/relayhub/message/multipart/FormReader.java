package org.relayhub.message.multipart;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.NameValuePair;
import org.apache.james.mime4j.stream.RawBody;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.stream.RawFieldParser;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.MalformedDocumentException;

/** One reading of a multipart form, to its end: the parts xmlhead and xmlbody, once each, and nothing else. */
final class FormReader {

    private static final int MOST_HEADERS_OF_A_PART = 10;
    private static final int LONGEST_HEADER = 1024;

    private static final Set<String> NAMES = Set.of(DocumentParts.HEAD, DocumentParts.BODY);
    private static final Set<String> TYPES =
            Set.of("text/xml", "application/xml", "text/plain", "application/octet-stream");
    private static final Set<String> ENCODINGS = Set.of("7bit", "8bit", "binary");
    private static final Set<String> CHARSETS = Set.of("utf-8", "utf8", "us-ascii");

    private static final MimeConfig STRICT = MimeConfig.custom()
            .setStrictParsing(true)
            .setMaxHeaderCount(MOST_HEADERS_OF_A_PART)
            .setMaxHeaderLen(LONGEST_HEADER)
            .setMaxLineLen(LONGEST_HEADER)
            .build();

    private final MimeTokenStream form = new MimeTokenStream(STRICT);
    private final Map<String, byte[]> parts = new HashMap<>();
    private final Set<String> headers = new HashSet<>();
    private int begun;
    private @Nullable String name;

    /**
     * Whether a content type is that of a form, in UTF-8 if it says. It is looked at by the same parser that reads the
     * form, so that both see the same boundary.
     */
    static boolean isForm(@Nullable String contentType) {
        RawBody type = RawFieldParser.DEFAULT.parseRawBody(new RawField("Content-Type", lower(contentType)));
        Map<String, String> parameters = new HashMap<>();
        for (NameValuePair pair : type.getParams()) {
            if (parameters.put(pair.getName(), lower(pair.getValue())) != null) {
                return false;
            }
        }
        return lower(type.getValue()).equals("multipart/form-data")
                && Set.of("boundary", "charset").containsAll(parameters.keySet())
                && !parameters.getOrDefault("boundary", "").isEmpty()
                && CHARSETS.contains(parameters.getOrDefault("charset", "utf-8"));
    }

    /**
     * Reads a form.
     *
     * @return the parts by their names
     * @throws MalformedDocumentException if it is no such form; the message names the part
     */
    Map<String, byte[]> read(String contentType, byte[] content) {
        try {
            form.parseHeadless(new ByteArrayInputStream(content), contentType);
            boolean within = false;
            for (EntityState state = form.getState(); state != EntityState.T_END_OF_STREAM; state = form.next()) {
                switch (state) {
                    case T_START_MULTIPART -> {
                        if (within) {
                            throw new MalformedDocumentException(part() + ": must not be a form itself");
                        }
                        within = true;
                    }
                    case T_START_BODYPART -> start();
                    case T_FIELD -> header(form.getField());
                    case T_BODY -> body(within);
                    case T_PREAMBLE -> requireBlank("before the first part", form.getInputStream());
                    case T_EPILOGUE -> requireBlank("after the last part", form.getInputStream());
                    default -> {
                        // The others come in pairs with those.
                    }
                }
            }
        } catch (MimeException | IOException e) {
            // Its own words may quote the content.
            throw new MalformedDocumentException(part() + ": the form is broken or cut off here");
        }
        for (String wanted : List.of(DocumentParts.HEAD, DocumentParts.BODY)) {
            if (!parts.containsKey(wanted)) {
                throw new MalformedDocumentException(wanted + ": the part is missing");
            }
        }
        return parts;
    }

    /** The present part in words; of a name that is none of ours nothing is repeated. */
    private String part() {
        return name != null ? name : "part " + begun;
    }

    private void start() {
        begun++;
        name = null;
        headers.clear();
    }

    private void header(Field field) {
        String header = field.getName().toLowerCase(Locale.ROOT);
        if (!headers.add(header)) {
            throw new MalformedDocumentException(part() + ": a header of the part comes twice");
        }
        RawBody value = RawFieldParser.DEFAULT.parseRawBody(
                field instanceof RawField raw ? raw : new RawField(field.getName(), field.getBody()));
        switch (header) {
            case "content-disposition" -> name = name(value);
            case "content-type" -> requireXml(value);
            case "content-transfer-encoding" -> {
                if (!ENCODINGS.contains(lower(value.getValue()))) {
                    throw new MalformedDocumentException(part() + ": must come as it is, without a transfer encoding");
                }
            }
            default -> {
                // Such as Content-Length, of no meaning here.
            }
        }
    }

    private String name(RawBody disposition) {
        String found = parameter(disposition, "name");
        if (!lower(disposition.getValue()).equals("form-data") || found == null || !NAMES.contains(found)) {
            throw new MalformedDocumentException(part() + ": a part that is neither xmlhead nor xmlbody");
        }
        if (parts.containsKey(found)) {
            throw new MalformedDocumentException(found + ": the part comes twice");
        }
        return found;
    }

    private void requireXml(RawBody type) {
        String charset = parameter(type, "charset");
        if (!TYPES.contains(lower(type.getValue())) || !(charset == null || CHARSETS.contains(lower(charset)))) {
            throw new MalformedDocumentException(part() + ": must be text/xml in UTF-8");
        }
    }

    private @Nullable String parameter(RawBody field, String parameter) {
        String found = null;
        for (NameValuePair pair : field.getParams()) {
            if (lower(pair.getName()).equals(parameter)) {
                if (found != null) {
                    throw new MalformedDocumentException(
                            part() + ": a header of the part says " + parameter + " twice");
                }
                found = pair.getValue() == null ? "" : pair.getValue();
            }
        }
        return found;
    }

    private void body(boolean within) throws IOException {
        if (!within || name == null) {
            throw new MalformedDocumentException(part() + ": a part that is neither xmlhead nor xmlbody");
        }
        parts.put(name, form.getInputStream().readAllBytes());
    }

    private static void requireBlank(String where, InputStream outside) throws IOException {
        if (!new String(outside.readAllBytes(), StandardCharsets.ISO_8859_1).isBlank()) {
            throw new MalformedDocumentException(where + ": there must be nothing");
        }
    }

    private static String lower(@Nullable String value) {
        return value == null ? "" : value.strip().toLowerCase(Locale.ROOT);
    }
}
