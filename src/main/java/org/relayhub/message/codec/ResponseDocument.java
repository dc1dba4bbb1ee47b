package org.relayhub.message.codec;

import org.relayhub.message.Answer;
import org.relayhub.message.Header;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.Response;
import org.relayhub.message.codes.ResponseCodes;

/** Makes the document that answers a request: its header as it came, ActionCode 1, and the answer. */
public final class ResponseDocument {

    /** Of RspDesc, in GBK bytes. */
    private static final int LONGEST = 500;

    private final ResponseCodes codes;
    private final DocumentWriter writer;

    public ResponseDocument(ResponseCodes codes, DocumentWriter writer) {
        this.codes = codes;
        this.writer = writer;
    }

    /**
     * The answer in canonical form.
     *
     * @param request the request; where its header could not be read, stand-ins take the place of what is missing
     */
    public String canonical(InterBossDocument request, Answer answer) {
        ResponseCodes.Row row = codes.of(answer.code(), answer.rspType() == null ? "2" : answer.rspType());
        String description = answer.description().isEmpty() ? row.meaning() : answer.description();
        Header header = request.header().answered(answer.transIdh(), answer.transIdhTime());
        return writer.write(InterBossDocument.of(
                header, new Response(row.type(), answer.code(), BodyText.fitted(description, LONGEST)), answer.body()));
    }
}
