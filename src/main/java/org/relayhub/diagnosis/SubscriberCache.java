package org.relayhub.diagnosis;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Body;
import org.relayhub.message.Party;

/**
 * What BOSSes have said of subscribers a moment ago: a customer who calls is asked about more than once. Only for
 * diagnosis; a repair always asks. Each hub has its own.
 */
final class SubscriberCache {

    private record Key(Party source, String subject) {}

    private final boolean used;
    private final Cache<Key, Body> answers;

    /** @param age how old an answer may be; nothing for no cache */
    SubscriberCache(Duration age, int size) {
        used = !age.isZero();
        answers = Caffeine.newBuilder().expireAfterWrite(age).maximumSize(size).build();
    }

    @Nullable
    Body find(Party source, Subject subject) {
        return used ? answers.getIfPresent(key(source, subject)) : null;
    }

    void put(Party source, Subject subject, Body answer) {
        if (used) {
            answers.put(key(source, subject), answer);
        }
    }

    private static Key key(Party source, Subject subject) {
        return new Key(source, subject.element().toString());
    }
}
