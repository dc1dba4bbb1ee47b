package org.relayhub.operations.console;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
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

/** What a reader sees when a page can't be shown: what is wrong in a sentence, and nothing of the hub's inside. */
@Controller
@ControllerAdvice(basePackageClasses = ConsoleConfiguration.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class PageProblems {

    private static final Logger log = LoggerFactory.getLogger(PageProblems.class);

    /** What no page answers, or may not be answered. */
    @RequestMapping(path = "${server.error.path:/error}", produces = MediaType.TEXT_HTML_VALUE)
    ModelAndView refused(HttpServletRequest request, HttpServletResponse response) {
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        HttpStatus status = code instanceof Integer number ? HttpStatus.resolve(number) : HttpStatus.NOT_FOUND;
        return page(status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status, response);
    }

    @ExceptionHandler
    ModelAndView notFound(NoResourceFoundException failure, HttpServletResponse response) {
        return page(HttpStatus.NOT_FOUND, response);
    }

    @ExceptionHandler({
        TypeMismatchException.class,
        DataIntegrityViolationException.class,
        IllegalArgumentException.class
    })
    ModelAndView senseless(Exception failure, HttpServletResponse response) {
        log.debug("A page was asked for something without sense", failure);
        return page(HttpStatus.BAD_REQUEST, response);
    }

    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    ModelAndView ledgerOutOfReach(Exception failure, HttpServletResponse response) {
        log.error("The ledger did not answer an operator", failure);
        return page(HttpStatus.SERVICE_UNAVAILABLE, response);
    }

    @ExceptionHandler
    ModelAndView other(Exception failure, HttpServletResponse response) {
        if (failure instanceof ErrorResponse known) {
            return page(known.getStatusCode(), response);
        }
        log.error("A page could not be shown", failure);
        return page(HttpStatus.INTERNAL_SERVER_ERROR, response);
    }

    private static ModelAndView page(HttpStatusCode status, HttpServletResponse response) {
        String known =
                switch (status.value()) {
                    case 400, 403, 404, 405, 503 -> Integer.toString(status.value());
                    default -> status.is4xxClientError() ? "400" : "500";
                };
        response.setStatus(status.value());
        return new ModelAndView("problem", Map.of("problem", known), status);
    }
}
