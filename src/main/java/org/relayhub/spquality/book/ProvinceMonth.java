package org.relayhub.spquality.book;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A province in a month's book.
 *
 * @param received how many of its files are there and not decided
 * @param accepted how many were accepted
 * @param refused how many were refused
 * @param lastFile the name of the one that was heard of last; null if there is none
 * @param updatedAt when that was
 */
public record ProvinceMonth(
        String province,
        Standing standing,
        int received,
        int accepted,
        int refused,
        @Nullable String lastFile,
        @Nullable Instant updatedAt,
        Contribution contribution) {}
