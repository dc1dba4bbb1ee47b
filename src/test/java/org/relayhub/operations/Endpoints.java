package org.relayhub.operations;

import jakarta.servlet.ServletContext;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContext;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** All that a hub answers at over HTTP, as its parts say themselves. */
final class Endpoints {

    private Endpoints() {}

    /** Each with its method, or {@code ANY}, and the pattern of its paths: {@code GET /api/tickets/{indictSeq}}. */
    static Set<String> of(ApplicationContext hub, ServletContext servlets) {
        Set<String> all = new TreeSet<>();
        hub.getBeansOfType(RequestMappingInfoHandlerMapping.class)
                .values()
                .forEach(mapping -> mapping.getHandlerMethods().keySet().forEach(info -> methods(info)
                        .forEach(method -> info.getPatternValues().forEach(path -> all.add(method + " " + path)))));
        hub.getBeansOfType(AbstractUrlHandlerMapping.class)
                .values()
                .forEach(mapping -> mapping.getHandlerMap().keySet().forEach(path -> all.add("ANY " + path)));
        servlets.getServletRegistrations().values().stream()
                .flatMap(servlet -> servlet.getMappings().stream())
                .forEach(path -> all.add("ANY " + path));
        return all;
    }

    private static Stream<String> methods(RequestMappingInfo info) {
        Collection<?> methods = info.getMethodsCondition().getMethods();
        return methods.isEmpty() ? Stream.of("ANY") : methods.stream().map(Object::toString);
    }
}
