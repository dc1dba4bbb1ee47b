package org.relayhub.adapter.tls;

import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the hub calls parties over HTTPS.
 *
 * @param sslBundle the name of the SSL bundle ({@code spring.ssl.bundle}) that has the certificate by which the hub proves
 *     itself, if it is to show one, and the authorities that it believes; without one it shows none and believes those
 *     that Java does
 */
public record PeerSettings(
        @Nullable @Pattern(regexp = "[A-Za-z0-9._-]+", message = "must be the name of an SSL bundle")
        String sslBundle) {}
