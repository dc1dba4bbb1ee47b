package org.relayhub.business;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of own-business queries and handlings.
 *
 * @param sortedBy who finds the platform of a service for the CRMs, which name CSVC-000: the hub on its behalf, or
 *     CSVC-000 itself, to which they are then sent
 */
public record BusinessSettings(@DefaultValue("hub") @NotNull Sorter sortedBy) {

    /** Who finds the platform of a service. */
    public enum Sorter {
        HUB,
        CSVC
    }
}
