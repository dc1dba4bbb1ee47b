package org.relayhub.security;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;

/**
 * Who may call the hub.
 *
 * @param identities where the identities are, as in {@code file:/etc/relay-hub/identities.csv}: a CSV file with the
 *     columns {@code user}, {@code role} (party, viewer, operator or admin) and {@code password_hash}
 *     ({@code {bcrypt}…}). Needed outside the standalone profile, which has demo identities of its own
 */
public record SecuritySettings(@Nullable Resource identities) {}
