package org.relayhub.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.relayhub.Messages;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.codec.DocumentReader;
import org.relayhub.message.codec.DocumentSchema;
import org.relayhub.message.multipart.Form;
import org.relayhub.message.multipart.MultipartReader;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class MultipartRequestFilterTest {

    private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/interboss");
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private final MockFilterChain routes = new MockFilterChain();

    private void post(boolean ready) throws Exception {
        Form form = Form.valid();
        request.setContentType(form.contentType());
        request.setContent(form.bytes());
        var documents = new DocumentReader(new DocumentSchema(Messages.SCHEMAS), Clock.systemUTC());
        new MultipartRequestFilter(() -> ready, new MultipartReader(documents)).doFilter(request, response, routes);
    }

    @Test
    void anEarlyCallerIsToldToTryAgainAndNothingIsHandedOn() throws Exception {
        post(false);

        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(routes.getRequest()).isNull();
    }

    @Test
    void aRightRequestIsHandedOnWithItsDocument() throws Exception {
        post(true);

        assertThat(routes.getRequest()).isNotNull();
        assertThat(request.getAttribute(MultipartRequestFilter.DOCUMENT))
                .isInstanceOfSatisfying(InterBossDocument.class, document -> assertThat(
                                document.requireBody().get("IndictSeq"))
                        .isEqualTo(Form.TICKET));
    }
}
