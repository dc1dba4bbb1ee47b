package org.relayhub.operations.console;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.util.DisconnectedClientHelper;

/** What a reader sees when a page can't be shown: what is wrong in a sentence, and nothing of the hub's inside. */
@Controller
@ControllerAdvice(basePackageClasses = ConsoleConfiguration.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class PageProblems {

    private static final Logger log = LoggerFactory.getLogger(PageProblems.class);

    private final Shell shell;

    PageProblems(Shell shell) {
        this.shell = shell;
    }

    /** What no page answers, or may not be answered. */
    @RequestMapping(path = "${server.error.path:/error}", produces = MediaType.TEXT_HTML_VALUE)
    ModelAndView refused(HttpServletRequest request, HttpServletResponse response) {
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        HttpStatus status = code instanceof Integer number ? HttpStatus.resolve(number) : HttpStatus.NOT_FOUND;
        return page(status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status, request, response);
    }

    @ExceptionHandler
    ModelAndView notFound(NoResourceFoundException failure, HttpServletRequest request, HttpServletResponse response) {
        return page(HttpStatus.NOT_FOUND, request, response);
    }

    @ExceptionHandler({
        TypeMismatchException.class,
        DataIntegrityViolationException.class,
        IllegalArgumentException.class
    })
    ModelAndView senseless(Exception failure, HttpServletRequest request, HttpServletResponse response) {
        log.debug("A page was asked for something without sense", failure);
        return page(HttpStatus.BAD_REQUEST, request, response);
    }

    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    ModelAndView ledgerOutOfReach(Exception failure, HttpServletRequest request, HttpServletResponse response) {
        log.error("The ledger did not answer an operator", failure);
        return page(HttpStatus.SERVICE_UNAVAILABLE, request, response);
    }

    /** Null, and so no page, where nobody is left to read one. */
    @ExceptionHandler
    @Nullable
    ModelAndView other(Exception failure, HttpServletRequest request, HttpServletResponse response) {
        if (DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            log.debug("A reader has gone before all of a page was sent");
            return null;
        }
        if (failure instanceof ErrorResponse known) {
            return page(known.getStatusCode(), request, response);
        }
        log.error("A page could not be shown", failure);
        return page(HttpStatus.INTERNAL_SERVER_ERROR, request, response);
    }

    private ModelAndView page(HttpStatusCode status, HttpServletRequest request, HttpServletResponse response) {
        String known =
                switch (status.value()) {
                    case 400, 403, 404, 405, 503 -> Integer.toString(status.value());
                    default -> status.is4xxClientError() ? "400" : "500";
                };
        response.setStatus(status.value());
        var page = new ModelAndView("problem", Map.of("problem", known), status);
        return page.addAllObjects(shell.ofProblem(request));
    }
}
