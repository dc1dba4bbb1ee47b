package org.relayhub.security;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;
import org.relayhub.security.login.FailureSettings;
import org.relayhub.security.session.SessionSettings;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;

/**
 * Who may call the hub.
 *
 * @param identities where the identities are, as in {@code file:/etc/relay-hub/identities.csv}: a CSV file with the
 *     columns {@code user}, {@code role} (party, viewer, operator or admin) and {@code password_hash}
 *     ({@code {bcrypt}…}; empty for a party that proves itself by a client certificate only). Needed outside the
 *     standalone profile, which has demo identities of its own
 * @param failures how many failed logins slow a caller down
 * @param sessions how long an operator stays logged in at the console
 */
public record SecuritySettings(
        @Nullable Resource identities,

        @NestedConfigurationProperty @DefaultValue @Valid @NotNull
        FailureSettings failures,

        @NestedConfigurationProperty @DefaultValue @Valid @NotNull
        SessionSettings sessions) {}
