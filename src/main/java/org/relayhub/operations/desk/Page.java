package org.relayhub.operations.desk;

import java.util.List;
import java.util.function.Function;

/**
 * A page of a list.
 *
 * @param page its number, from 1
 * @param size how many items a full page has
 * @param more whether another page follows
 */
public record Page<T>(int page, int size, boolean more, List<T> items) {

    /** How many items a full page has. */
    public static final int SIZE = 50;

    /** The last page that is served: who wants more narrows the search. */
    public static final int LAST = 2000;

    /** How many items come before a page. */
    public static int offset(int page) {
        return (page - 1) * SIZE;
    }

    /** How many items to read for a page: one more than it shows, to know whether another follows. */
    public static int limit() {
        return SIZE + 1;
    }

    /** A page of what {@link #limit()} has let through. */
    public static <T> Page<T> of(int page, List<T> read) {
        return new Page<>(
                page, SIZE, read.size() > SIZE, read.stream().limit(SIZE).toList());
    }

    /** The same page, each item shown as a caller may see it. */
    public <R> Page<R> map(Function<T, R> each) {
        return new Page<>(page, size, more, items.stream().map(each).toList());
    }
}
