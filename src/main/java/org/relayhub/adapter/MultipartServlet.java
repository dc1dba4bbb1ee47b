package org.relayhub.adapter;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.camel.component.servlet.CamelHttpTransportServlet;

/**
 * Where the Kamelet {@code multipart-inbound} takes its requests from. Camel's servlet looks for its consumers below the
 * path that it is mapped to; this one is mapped to a single path, which is the consumer's.
 */
final class MultipartServlet extends CamelHttpTransportServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        super.service(
                new HttpServletRequestWrapper(request) {
                    @Override
                    public String getPathInfo() {
                        return getServletPath();
                    }
                },
                response);
    }
}
