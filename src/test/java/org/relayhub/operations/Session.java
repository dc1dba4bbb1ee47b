package org.relayhub.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A person's browser, with nothing of a browser but its cookies. */
final class Session {

    private final int port;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(cookies).build();

    Session(int port) {
        this.port = port;
    }

    HttpClient http() {
        return http;
    }

    Session logIn(String user) {
        get("/login");
        assertThat(post("/login", Map.of("username", user, "password", "demo"), true)
                        .headers()
                        .firstValue("Location")
                        .orElse(""))
                .endsWith("/");
        return this;
    }

    HttpResponse<String> get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    HttpResponse<String> post(String path, Map<String, String> form, boolean withToken) {
        var all = new TreeMap<>(form);
        if (withToken) {
            all.put("_csrf", cookie("XSRF-TOKEN"));
        }
        return send(
                "POST",
                path,
                BodyPublishers.ofString(all.entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"))));
    }

    String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }

    /** As if something had set it that is not the hub. */
    void keep(HttpCookie cookie) {
        cookies.getCookieStore().add(URI.create("http://127.0.0.1:" + port + "/"), cookie);
    }

    HttpResponse<String> send(String method, String path, HttpRequest.BodyPublisher body) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .header("Accept", "text/html,application/json")
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .method(method, body)
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("the hub does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
