package org.relayhub.message;

import java.util.Locale;

/** What a message is about. The codes that name it on the wire are data: {@code schemas/codes/activities.csv}. */
public enum Activity {
    DISPATCH,
    REPLY,
    COMMENT,
    URGE,
    REPROCESS,
    RETURN,
    ARCHIVE,
    QUERY,
    BUSINESS_QUERY,
    BUSINESS_QUERY_PAGE,
    BUSINESS_HANDLE,
    DIAGNOSE,
    REPAIR,
    NOTICE,
    SUBSCRIBER,
    SUBSCRIPTION,
    ALIGN,
    LINE_STATE;

    /** The name in tables, routes and answers of the operations API, as in {@code business-query}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The activity of a label.
     *
     * @throws IllegalArgumentException if there is none of that label
     */
    public static Activity of(String label) {
        for (Activity activity : values()) {
            if (activity.label().equals(label)) {
                return activity;
            }
        }
        throw new IllegalArgumentException("no activity is called " + label);
    }
}
