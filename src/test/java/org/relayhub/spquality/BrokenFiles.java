package org.relayhub.spquality;

import java.time.YearMonth;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files that must be refused, each with the codes that say why.
 *
 * <p>Whatever begins like a D line counts as one. The sum of the calls is compared only if those of every D line could be read. Where no encoding is
 * stated, a line may be in UTF-8 or in GB18030.
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
