package org.relayhub.diagnosis;

import org.relayhub.message.Activity;

/** What a source is asked about. */
enum Topic {
    SUBSCRIBER(Activity.SUBSCRIBER, "Subscriber", "SubscriberRsp"),
    SUBSCRIPTIONS(Activity.SUBSCRIPTION, "Subscription", "SubscriptionRsp"),
    LINE(Activity.LINE_STATE, "LineState", "LineStateRsp"),
    PLATFORM(Activity.SUBSCRIPTION, "Subscription", "SubscriptionRsp");

    private final Activity activity;
    private final String key;
    private final String answerElement;

    Topic(Activity activity, String key, String answerElement) {
        this.activity = activity;
        this.key = key;
        this.answerElement = answerElement;
    }

    Activity activity() {
        return activity;
    }

    /** The key of a finding that there was no answer. */
    String key() {
        return key;
    }

    String answerElement() {
        return answerElement;
    }
}
