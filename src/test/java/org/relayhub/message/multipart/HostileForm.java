package org.relayhub.message.multipart;

/**
 * One hostile form.
 *
 * @param status the HTTP status that it must get; 200 for a refusal with a code
 * @param says what the reason must begin with; the code, where it is a refusal with one
 */
public record HostileForm(String name, String contentType, byte[] bytes, int status, String says) {

    @Override
    public String toString() {
        return name;
    }
}
