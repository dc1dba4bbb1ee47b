package org.relayhub.diagnosis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.relayhub.delivery.lane.PeerAnswer;
import org.relayhub.message.Body;
import org.relayhub.message.Party;

/**
 * One diagnosis while its sources are asked: whom it asks what, and what has come back so far. Answers may come from many
 * threads, and too late: what is not there when it is concluded is late.
 */
public final class Diagnosis {

    private final Subject subject;
    private final @Nullable String platformService;
    private final long endNanos;
    private final Map<Topic, Party> asked = new EnumMap<>(Topic.class);
    private final List<Question> questions = new ArrayList<>();
    private final Map<Topic, PeerAnswer> answers = Collections.synchronizedMap(new EnumMap<>(Topic.class));
    private final Map<Topic, Body> known = new EnumMap<>(Topic.class);

    /**
     * @param platformService the ServiceTypeId that the platform of the service type has; null where it has none
     * @param endNanos when nobody waits any more, as {@link System#nanoTime}
     */
    Diagnosis(Subject subject, @Nullable String platformService, long endNanos) {
        this.subject = subject;
        this.platformService = platformService;
        this.endNanos = endNanos;
    }

    void ask(Question question) {
        asked.put(question.topic(), question.call().entry().party());
        questions.add(question);
    }

    /** Notes what is known without asking. */
    void know(Topic topic, Party source, Body answer) {
        asked.put(topic, source);
        known.put(topic, answer);
    }

    /** Notes a source that cannot be asked. */
    void missing(Topic topic, Party source, String reason) {
        asked.put(topic, source);
        answers.put(topic, new PeerAnswer.NotTried("0104", reason));
    }

    void answered(Topic topic, PeerAnswer answer) {
        answers.put(topic, answer);
    }

    /** What is to be asked, side by side. */
    public List<Question> questions() {
        return List.copyOf(questions);
    }

    /** Whether it is too late to begin to ask. */
    boolean isOver() {
        return System.nanoTime() - endNanos >= 0;
    }

    Subject subject() {
        return subject;
    }

    @Nullable
    String platformService() {
        return platformService;
    }

    /** Whom it asks about what, in the order of topics. */
    Map<Topic, Party> asked() {
        return Collections.unmodifiableMap(asked);
    }

    @Nullable
    Body known(Topic topic) {
        return known.get(topic);
    }

    @Nullable
    PeerAnswer answer(Topic topic) {
        return answers.get(topic);
    }
}
