package org.relayhub.operations;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.relayhub.operations.desk.Page;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * What a caller learns of a failure: a problem (RFC 9457) in one sentence, naming the parameter that is at fault, and
 * nothing of the hub's inside. The same for whatever the container refuses before an endpoint sees it.
 */
@RestController
@RestControllerAdvice(basePackageClasses = Problems.class)
final class Problems extends ResponseEntityExceptionHandler implements ErrorController {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    private static final Map<String, String> FORMS = Map.ofEntries(
            Map.entry("page", "a number from 1 to " + Page.LAST),
            Map.entry("from", "a day like 2026-03-01 or an instant like 2026-03-01T08:00:00+08:00"),
            Map.entry("to", "a day like 2026-03-01 or an instant like 2026-03-01T08:00:00+08:00"),
            Map.entry("at", "a day like 2026-03-01 or an instant like 2026-03-01T08:00:00+08:00"),
            Map.entry("serial", "a number from 1 to 999"),
            Map.entry("sender", "a root like CRM-250 or SP-901234"),
            Map.entry("on", "a day like 2026-03-01"),
            Map.entry("party", "a party like CRM-250"),
            Map.entry("msisdn", "11 digits"),
            Map.entry("node", "3 digits"),
            Map.entry("line", "of 1 to 20 characters"),
            Map.entry("area", "of 1 to 50 characters"),
            Map.entry("id", "a number"),
            Map.entry("month", "a month like 201209"),
            Map.entry("province", "3 digits"));

    /** What no endpoint answers. */
    @RequestMapping("${server.error.path:/error}")
    ResponseEntity<ProblemDetail> refusedByContainer(HttpServletRequest request) {
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        HttpStatus status = code instanceof Integer number ? HttpStatus.resolve(number) : HttpStatus.NOT_FOUND;
        ProblemDetail problem = ProblemDetail.forStatus(status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status);
        return ResponseEntity.status(problem.getStatus())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    /** The database is there and cannot make sense of what was asked, as of a year that no calendar has. */
    @ExceptionHandler
    ResponseEntity<Object> senseless(DataIntegrityViolationException failure, WebRequest request) {
        return problem(failure, HttpStatus.BAD_REQUEST, "A parameter has no sense.", null, request);
    }

    @ExceptionHandler
    ResponseEntity<Object> ledgerOutOfReach(DataAccessException failure, WebRequest request) {
        log.error("The ledger did not answer an operator", failure);
        return problem(failure, HttpStatus.SERVICE_UNAVAILABLE, "The ledger does not answer.", null, request);
    }

    @ExceptionHandler
    ResponseEntity<Object> unexpected(RuntimeException failure, WebRequest request) {
        log.error("An operator's call failed", failure);
        return problem(
                failure, HttpStatus.INTERNAL_SERVER_ERROR, "The hub has failed; its log says how.", null, request);
    }

    @Override
    protected ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String name = failure instanceof MethodArgumentTypeMismatchException argument
                ? argument.getName()
                : String.valueOf(failure.getPropertyName());
        return badRequest(failure, name, form(name, failure.getRequiredType()), request);
    }

    @Override
    protected ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String name = failure.getParameterValidationResults().stream()
                .map(result -> result.getMethodParameter().getParameterName())
                .map(String::valueOf)
                .min(Comparator.naturalOrder())
                .orElse("");
        return badRequest(failure, name, form(name, null), request);
    }

    @Override
    protected ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException failure,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        String name = failure.getParameterName();
        return badRequest(failure, name, form(name, null), request);
    }

    @Override
    protected ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return reasonMissing(failure, request);
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return reasonMissing(failure, request);
    }

    private ResponseEntity<Object> reasonMissing(Exception failure, WebRequest request) {
        return badRequest(
                failure, "reason", "said in the body, as in {\"reason\": \"…\"}, in 1 to 500 characters", request);
    }

    private static String form(String name, @Nullable Class<?> type) {
        if (type != null && type.isEnum()) {
            return java.util.Arrays.stream(type.getEnumConstants())
                    .map(String::valueOf)
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        return FORMS.getOrDefault(name, "in the form that the API says");
    }

    private ResponseEntity<Object> badRequest(Exception failure, String parameter, String form, WebRequest request) {
        return problem(failure, HttpStatus.BAD_REQUEST, parameter + " must be " + form + ".", parameter, request);
    }

    private ResponseEntity<Object> problem(
            Exception failure, HttpStatus status, String sentence, @Nullable String parameter, WebRequest request) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, sentence);
        if (parameter != null) {
            problem.setProperty("parameter", parameter);
        }
        return java.util.Objects.requireNonNull(
                handleExceptionInternal(failure, problem, new HttpHeaders(), status, request));
    }
}
