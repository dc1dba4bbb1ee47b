package org.relayhub.operations.console;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import org.apache.catalina.connector.ClientAbortException;
import org.junit.jupiter.api.Test;
import org.relayhub.message.codes.CodeTable;
import org.relayhub.message.codes.ResponseCodes;
import org.springframework.context.support.StaticMessageSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

class PageProblemsTest {

    private final HttpServletRequest request = new MockHttpServletRequest("GET", "/report/202611.csv");
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    private static PageProblems problems() {
        var schemas = new ClassPathResource("schemas/");
        var codes = new ResponseCodes(CodeTable.read(schemas, "response-codes"));
        var show = new Show(Clock.systemUTC(), codes, new StaticMessageSource());
        return new PageProblems(new Shell("hub-1", show, schemas));
    }

    @Test
    void a_reader_who_has_gone_gets_no_page() {
        var pipe = new IOException("Broken pipe");
        for (Exception gone : new Exception[] {
            pipe,
            new ClientAbortException(pipe),
            new AsyncRequestNotUsableException("gone", pipe),
            new HttpMessageNotWritableException("gone", new ClientAbortException(pipe))
        }) {
            assertThat(problems().other(gone, request, response))
                    .as(gone.toString())
                    .isNull();
            assertThat(response.getStatus()).isEqualTo(200);
        }
    }

    @Test
    void whoever_is_still_there_is_told() {
        assertThat(problems().other(new IOException("disk"), request, response)).isNotNull();
        assertThat(response.getStatus()).isEqualTo(500);
    }
}
