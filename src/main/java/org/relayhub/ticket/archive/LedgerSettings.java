package org.relayhub.ticket.archive;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the ledger is kept small.
 *
 * @param archiveAfter how long a ticket must have been closed, or a question answered, before it leaves the tables that
 *     hubs work on
 * @param keepMonths how many months it is kept from its end on; after that neither it nor its serials are known
 */
public record LedgerSettings(
        @DefaultValue("90d") @NotNull @DurationMin(days = 3) @DurationMax(days = 366)
        Duration archiveAfter,

        @DefaultValue("24") @Min(13) @Max(240) int keepMonths) {}
