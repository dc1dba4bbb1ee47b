package org.relayhub.adapter;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Map;
import org.apache.camel.http.common.HttpConsumer;
import org.apache.camel.http.common.HttpServletResolveConsumerStrategy;

/** Finds a Camel consumer by the whole path, for a servlet that is mapped to one path and has none below it. */
final class WholePath extends HttpServletResolveConsumerStrategy {

    @Override
    protected HttpConsumer doResolve(HttpServletRequest request, String method, Map<String, HttpConsumer> consumers) {
        var whole = new HttpServletRequestWrapper(request) {
            @Override
            public String getPathInfo() {
                return getServletPath();
            }
        };
        return super.doResolve(whole, method, consumers);
    }
}
