package org.relayhub.delivery;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.relayhub.directory.PartyEntry;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How messages are delivered.
 *
 * @param lease how long a claim holds; a hub that died frees its messages after it. More than twice as
 *     long as any party's timeout
 * @param pollEvery how often a hub looks for due messages that no event told it of
 * @param settleAtMost how many results are written in one statement
 * @param headStart by how much urgent messages go ahead of ordinary ones
 * @param retry when a message is tried again
 * @param circuit when a party is left alone for a while
 */
public record DeliverySettings(
        @DefaultValue("60s") @NotNull Duration lease,
        @DefaultValue("500ms") @NotNull Duration pollEvery,
        @DefaultValue("256") @Min(1) @Max(10_000) int settleAtMost,
        @DefaultValue @Valid @NotNull HeadStart headStart,
        @DefaultValue @Valid @NotNull Retry retry,
        @DefaultValue @Valid @NotNull Circuit circuit) {

    /**
     * By how much urgent messages go ahead in the lane of their party: as if they had been due for longer. An ordinary
     * message that has been due for longer than that is not overtaken any more.
     *
     * @param urgent of a ticket that was dispatched as urgent
     * @param critical of a ticket that was dispatched as critical, or urged; no shorter than the other
     */
    public record HeadStart(
            @DefaultValue("10m") @NotNull Duration urgent,
            @DefaultValue("1h") @NotNull Duration critical) {

        @AssertTrue(message = "needs 0 <= urgent <= critical")
        boolean isInOrder() {
            return !urgent.isNegative() && critical.compareTo(urgent) >= 0;
        }
    }

    /**
     * When a message is tried again.
     *
     * @param first the wait after the first failure
     * @param longest the longest wait between two tries
     * @param multiplier by what the wait grows with each failure
     * @param jitter the share by which a wait varies at random, 0 to 1
     * @param giveUpAfter how long after its first try a message becomes a dead letter
     */
    public record Retry(
            @DefaultValue("1s") @NotNull Duration first,
            @DefaultValue("5m") @NotNull Duration longest,

            @DefaultValue("2") @DecimalMin("1") @DecimalMax("10")
            double multiplier,

            @DefaultValue("0.2") @DecimalMin("0") @DecimalMax("1")
            double jitter,

            @DefaultValue("24h") @NotNull Duration giveUpAfter) {

        /** The same, and where a party's entry says otherwise, that. */
        public Retry with(PartyEntry.Retry own) {
            return new Retry(
                    own.first() == null ? first : own.first(),
                    own.longest() == null ? longest : own.longest(),
                    own.multiplier() == null ? multiplier : own.multiplier(),
                    jitter,
                    own.giveUpAfter() == null ? giveUpAfter : own.giveUpAfter());
        }
    }

    /**
     * When a party is left alone for a while: its circuit opens.
     *
     * @param window how many calls are looked at
     * @param failureRate the percentage of failed calls that opens the circuit
     * @param openFor how long it stays open before calls are tried again
     */
    public record Circuit(
            @DefaultValue("20") @Min(2) @Max(1000) int window,

            @DefaultValue("50") @DecimalMin("1") @DecimalMax("100")
            float failureRate,

            @DefaultValue("10s") @NotNull Duration openFor) {}
}
