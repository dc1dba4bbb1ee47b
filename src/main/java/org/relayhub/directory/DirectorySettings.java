package org.relayhub.directory;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the hub keeps up with {@code parties.yaml} and the dated code tables.
 *
 * @param checkEvery how often it looks whether a file has changed; a change is in effect after twice this time. 0s: they
 *     are read at the start only
 */
public record DirectorySettings(@DefaultValue("1s") @NotNull Duration checkEvery) {}
