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

    /** Reads a stretch of a list. */
    @FunctionalInterface
    public interface Stretch<T> {

        /**
         * Reads it.
         *
         * @param offset how many items come before it
         * @param limit how many to read at most
         */
        List<T> read(int offset, int limit);
    }

    /**
     * Reads a page, and one item more, to know whether another follows.
     *
     * @param asked the page's number; the nearest one is read where there is none of it
     */
    public static <T> Page<T> read(int asked, Stretch<T> list) {
        int page = Math.min(Math.max(asked, 1), LAST);
        List<T> read = list.read((page - 1) * SIZE, SIZE + 1);
        return new Page<>(
                page, SIZE, read.size() > SIZE, read.stream().limit(SIZE).toList());
    }

    /** The same page, each item shown as a caller may see it. */
    public <R> Page<R> map(Function<T, R> each) {
        return new Page<>(page, size, more, items.stream().map(each).toList());
    }
}
