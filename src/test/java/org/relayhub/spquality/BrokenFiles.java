package org.relayhub.spquality;

import java.time.YearMonth;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files that must be refused, each with the codes that say why.
 *
 * <p>A line whose bytes cannot be decoded, or that is too long, may or may not count as a D line for the reader; so counts and sums may differ, too. A
 * file without a header says no encoding; so its bytes may or may not be faulty.
 */
public final class BrokenFiles {

    private BrokenFiles() {}

    /**
     * All of them.
     *
     * @param month for which files are due now: the last one, by China time
     */
    public static List<BrokenFile> all(YearMonth month) {
        return Stream.of(
                        new FieldFaults(month).make(),
                        new ContactFaults(month).make(),
                        new EncodingFaults(month).make(),
                        new StructureFaults(month).make(),
                        new SizeFaults(month).make(),
                        new NameFaults(month).make(),
                        new CompanionFaults(month).make(),
                        new ForeignContents(month).make())
                .flatMap(List::stream)
                .toList();
    }

    /** A right file of province 250, sent by CRM-250, to break. */
    static byte[] right(YearMonth month) {
        return FileText.ofProvince(month).bytes();
    }
}
