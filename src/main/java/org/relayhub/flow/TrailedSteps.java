package org.relayhub.flow;

import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.relayhub.message.Trail;

/**
 * Has each step of a route say in its log lines which message it is about, in whatever thread it runs. A thread is led
 * onto the trail for a step and back after it, so that none carries a trail from one message to the next.
 */
final class TrailedSteps implements InterceptStrategy {

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext camel, NamedNode definition, Processor step, Processor next) {
        return new DelegateAsyncProcessor(step) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                if (!(exchange.getProperty(Trail.PROPERTY) instanceof Trail trail)) {
                    return super.process(exchange, callback);
                }
                try (Trail.Open open = trail.open()) {
                    return super.process(exchange, callback);
                }
            }
        };
    }
}
