package org.relayhub.operations.console;

import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Where a page leads to that is nearly the same.
 *
 * @param otherLanguage the language that it is not in
 */
record PageLinks(String path, @Nullable String query, String otherLanguage) {

    /** Another page of the same list. */
    public String page(int number) {
        return with("page", Integer.toString(number));
    }

    /** The same page in the other language. */
    public String inOtherLanguage() {
        return with("lang", otherLanguage);
    }

    private String with(String name, String value) {
        try {
            // What was asked is encoded already.
            return UriComponentsBuilder.fromPath(path)
                    .query(query)
                    .replaceQueryParam(name, value)
                    .build(true)
                    .toUriString();
        } catch (IllegalArgumentException e) {
            // Or it has no sense, and nothing is lost without it.
            return UriComponentsBuilder.fromPath(path).queryParam(name, value).toUriString();
        }
    }
}
