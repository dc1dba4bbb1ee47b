package org.relayhub.diagnosis.repair;

import org.jspecify.annotations.Nullable;
import org.relayhub.directory.PartyEntry;
import org.relayhub.message.Party;

/**
 * One repair while it is under way. Its steps come one after another, each by the answer of the one before.
 */
public final class Repair {

    private final String msisdn;
    private final String serviceTypeId;
    private final PartyEntry boss;
    private final PartyEntry platform;
    private final Party asker;
    private final String transIdo;
    private final boolean test;
    private @Nullable String truth;
    private @Nullable String before;
    private @Nullable String after;
    private @Nullable String doubt;

    Repair(
            String msisdn,
            String serviceTypeId,
            PartyEntry boss,
            PartyEntry platform,
            Party asker,
            String transIdo,
            boolean test) {
        this.msisdn = msisdn;
        this.serviceTypeId = serviceTypeId;
        this.boss = boss;
        this.platform = platform;
        this.asker = asker;
        this.transIdo = transIdo;
        this.test = test;
    }

    String msisdn() {
        return msisdn;
    }

    String serviceTypeId() {
        return serviceTypeId;
    }

    PartyEntry boss() {
        return boss;
    }

    PartyEntry platform() {
        return platform;
    }

    Party asker() {
        return asker;
    }

    String transIdo() {
        return transIdo;
    }

    boolean test() {
        return test;
    }

    void truth(String state) {
        truth = state;
    }

    void before(String state) {
        before = state;
        after = state;
    }

    void after(String state) {
        after = state;
    }

    /** Notes that nobody knows whether the platform has done what it was told. */
    void doubt(String reason) {
        doubt = reason;
    }

    String truth() {
        return known(truth);
    }

    String before() {
        return known(before);
    }

    String after() {
        return known(after);
    }

    @Nullable
    String doubt() {
        return doubt;
    }

    /** Whether the platform says otherwise than BOSS. */
    public boolean isNeeded() {
        return !truth().equals(before());
    }

    private static String known(@Nullable String state) {
        if (state == null) {
            throw new IllegalStateException("the step that asks for it comes first");
        }
        return state;
    }
}
