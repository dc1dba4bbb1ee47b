package org.relayhub.message.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.relayhub.Messages;
import org.relayhub.message.Answer;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.Response;
import org.relayhub.message.codes.CodeTable;
import org.relayhub.message.codes.ResponseCodes;

class ResponseDocumentTest {

    private static final DocumentReader READER = Codec.reader();

    private final ResponseDocument documents = new ResponseDocument(
            new ResponseCodes(CodeTable.read(Messages.SCHEMAS, "response-codes")), new DocumentWriter());

    private Response response(Answer answer) {
        InterBossDocument request = READER.read(ValidDocuments.dispatch().xml());
        InterBossDocument written = READER.read(documents.canonical(request, answer));
        assertThat(written.headerFault()).isNull();
        return Objects.requireNonNull(written.response());
    }

    @Test
    void a_code_of_the_table_has_its_type_and_meaning() {
        assertThat(response(new Answer("0114", "", "H1", "20261122101500", null)))
                .isEqualTo(new Response("1", "0114", "timeout between hub and home party"));
    }

    @Test
    void a_code_that_only_the_party_knows_keeps_the_type_that_it_gave() {
        assertThat(response(new Answer("1", "1999", "later", "P1", "20261122101500", null)))
                .isEqualTo(new Response("1", "1999", "later"));
        assertThat(response(new Answer("2", "7999", "never", "P1", "20261122101500", null)))
                .isEqualTo(new Response("2", "7999", "never"));
    }

    @Test
    void a_description_that_is_too_long_for_its_element_is_cut() {
        assertThat(response(new Answer("2998", "字".repeat(260), "H1", "20261122101500", null))
                        .rspDesc())
                .isEqualTo("字".repeat(250));
    }
}
