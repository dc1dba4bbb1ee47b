package org.relayhub.message.codes;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a dated table says of a code on a day. */
public sealed interface Lookup<R extends DatedCode> {

    /** The row, in force or not; empty if the code is unknown. */
    Optional<R> row();

    /**
     * Why the code is refused, to follow on the element's name in a refusal; empty if it is in force. Only codes of the
     * table are in it, no value of a document.
     */
    Optional<String> refusal();

    /** The row, if it is in force. */
    default Optional<R> inForce() {
        return refusal().isPresent() ? Optional.empty() : row();
    }

    /** The code is in force. */
    record InForce<R extends DatedCode>(R found) implements Lookup<R> {

        @Override
        public Optional<R> row() {
            return Optional.of(found);
        }

        @Override
        public Optional<String> refusal() {
            return Optional.empty();
        }
    }

    /**
     * The code has ended.
     *
     * @param found the row that ended last
     * @param successor the code to use in its place: on the way from successor to successor the first that is in force on
     *     the day; where none is, the one that the row names; null where it names none
     * @param again from when the same code is in force once more; null if it is not to be
     */
    record Ended<R extends DatedCode>(
            R found, @Nullable String successor, @Nullable LocalDate again) implements Lookup<R> {

        @Override
        public Optional<R> row() {
            return Optional.of(found);
        }

        @Override
        public Optional<String> refusal() {
            String next;
            if (successor != null) {
                next = "use " + successor;
            } else {
                next = again == null ? "it has no successor" : "it is in force again from " + again;
            }
            return Optional.of(found.code() + " ended on " + found.validity().to() + "; " + next);
        }
    }

    /** The code has not begun. */
    record NotYet<R extends DatedCode>(R found) implements Lookup<R> {

        @Override
        public Optional<R> row() {
            return Optional.of(found);
        }

        @Override
        public Optional<String> refusal() {
            return Optional.of(
                    found.code() + " is in force only from " + found.validity().from());
        }
    }

    /** No row has the code. */
    record Unknown<R extends DatedCode>() implements Lookup<R> {

        @Override
        public Optional<R> row() {
            return Optional.empty();
        }

        @Override
        public Optional<String> refusal() {
            return Optional.of("is not known");
        }
    }
}
