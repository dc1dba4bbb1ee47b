package org.relayhub.standalone.simulation.service;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Body;
import org.relayhub.message.Serial;
import org.relayhub.message.codec.BodyText;

/** Provincial billing: subscribers and subscriptions, which all follow from the number. It is the truth. */
final class Boss {

    private static final LocalDate FIRST_SUBSCRIPTION = LocalDate.of(2024, 1, 1);
    private static final int SUBSCRIBED_WITHIN_DAYS = 700;
    private static final int SECONDS_OF_A_DAY = 86_400;
    private static final int LONGEST_INSTALLATION_DAYS = 5;

    private final Function<LocalDate, List<String>> services;

    /** @param services the own-business service types of a day */
    Boss(Function<LocalDate, List<String>> services) {
        this.services = services;
    }

    Body subscriber(Question question) {
        String number = numberOrLine(question.body());
        Script script = Script.of(number);
        Map<String, String> values = new LinkedHashMap<>();
        if (script == Script.SUSPENDED) {
            values.put("State", "SUSPENDED");
            values.put("StateReason", "欠费停机");
        } else {
            values.put("State", "ACTIVE");
        }
        if (script == Script.NOT_INSTALLED) {
            int days = 1 + Chance.of("due", number).nextInt(LONGEST_INSTALLATION_DAYS);
            values.put("Installation", "IN_PROGRESS");
            values.put("InstallationDue", Serial.time(question.at().plus(Duration.ofDays(days))));
        } else {
            values.put("Installation", "COMPLETED");
        }
        return BodyText.of("SubscriberRsp", values);
    }

    static String numberOrLine(Body body) {
        String number = body.find("MSISDN");
        return number == null ? body.get("LineNo") : number;
    }

    Body subscriptions(Question question) {
        String number = question.body().get("MSISDN");
        @Nullable String wanted = question.body().find("ServiceTypeId");
        return Subscription.told(services.apply(Serial.day(question.at())).stream()
                .filter(service -> wanted == null || wanted.equals(service))
                .map(service -> subscription(number, service))
                .toList());
    }

    /** What a number has of a service; of the ordinary ones, about every second is subscribed. */
    Subscription subscription(String number, String service) {
        Random chance = Chance.of("subscription", number, service);
        boolean chosen = chance.nextBoolean();
        Instant since = FIRST_SUBSCRIPTION
                .plusDays(chance.nextInt(SUBSCRIBED_WITHIN_DAYS))
                .atStartOfDay(Serial.CHINA)
                .plusSeconds(chance.nextInt(SECONDS_OF_A_DAY))
                .toInstant();
        Subscription.State subscribed = chosen ? Subscription.State.ACTIVE : Subscription.State.NONE;
        Subscription.State state =
                switch (Script.of(number)) {
                    case NO_HISTORY -> Subscription.State.NONE;
                    case PLATFORMS_DISAGREE -> Subscription.State.ACTIVE;
                    case SUSPENDED -> chosen ? Subscription.State.SUSPENDED : Subscription.State.NONE;
                    default -> subscribed;
                };
        return new Subscription(service, state, since);
    }
}
