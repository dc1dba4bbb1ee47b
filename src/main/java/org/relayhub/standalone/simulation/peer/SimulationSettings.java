package org.relayhub.standalone.simulation.peer;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.time.Duration;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.relayhub.message.Party;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the simulated peers. A rate is a share between 0 (never) and 1 (always).
 *
 * @param enabled whether there are simulated peers at all
 * @param notSimulated parties whose place a real client takes; {@code parties.yaml} says where they are
 * @param replyAfter how long a second-line system handles a ticket, and a customer thinks about a reply
 * @param returns share of the dispatched tickets that a second-line system returns
 * @param failures share of the messages that a second-line system answers with 0113, and of the questions that a
 *     platform, BOSS or NETW does
 * @param timeouts share of the same that is taken, and answered too late
 * @param latency how long a simulated peer takes to answer a synchronous question
 * @param hanging parties that take every synchronous question, and never answer in time
 * @param sampleEvery how often a province of the sample stream dispatches a complaint; 0s for never
 * @param sampleReturns as returns, for tickets of the sample stream
 * @param sampleFailures as failures, for tickets of the sample stream
 * @param sampleTimeouts as timeouts, for tickets of the sample stream
 * @param sampleReprocesses share of the sample stream's tickets whose customer is not satisfied at first
 */
public record SimulationSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue Set<Party> notSimulated,

        @DefaultValue("1s") @DurationMin @DurationMax(days = 1)
        Duration replyAfter,

        @DefaultValue("0") @DecimalMin("0") @DecimalMax("1") double returns,
        @DefaultValue("0") @DecimalMin("0") @DecimalMax("1") double failures,
        @DefaultValue("0") @DecimalMin("0") @DecimalMax("1") double timeouts,

        @DefaultValue("0ms") @DurationMin @DurationMax(seconds = 10)
        Duration latency,

        @DefaultValue Set<Party> hanging,

        @DefaultValue("5s") @DurationMin @DurationMax(days = 1)
        Duration sampleEvery,

        @DefaultValue("0.1") @DecimalMin("0") @DecimalMax("1")
        double sampleReturns,

        @DefaultValue("0.05") @DecimalMin("0") @DecimalMax("1")
        double sampleFailures,

        @DefaultValue("0.02") @DecimalMin("0") @DecimalMax("1")
        double sampleTimeouts,

        @DefaultValue("0.15") @DecimalMin("0") @DecimalMax("1")
        double sampleReprocesses) {

    double returns(boolean sample) {
        return sample ? sampleReturns : returns;
    }

    double failures(boolean sample) {
        return sample ? sampleFailures : failures;
    }

    double timeouts(boolean sample) {
        return sample ? sampleTimeouts : timeouts;
    }
}
