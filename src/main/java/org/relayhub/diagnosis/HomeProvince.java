package org.relayhub.diagnosis;

import org.relayhub.directory.Directory;
import org.relayhub.message.Party;
import org.relayhub.message.RefusalException;
import org.relayhub.message.codes.ResponseCodes;

/**
 * Whose number or line it is: the number-segment table says it of numbers. Where it does not, a province's party asks for
 * its own customers.
 */
public final class HomeProvince {

    private final Directory directory;

    public HomeProvince(Directory directory) {
        this.directory = directory;
    }

    /**
     * The node of the province that a number is at home in.
     *
     * @throws RefusalException 0104 if nobody knows
     */
    public String ofNumber(String msisdn, Party asker) {
        return directory.segments().province(msisdn).orElseGet(() -> own("MSISDN", asker));
    }

    /**
     * The node of the province that a number is known to be at home in: who changes something must not guess.
     *
     * @throws RefusalException 0104 if no segment holds it
     */
    public String ofKnownNumber(String msisdn) {
        return directory
                .segments()
                .province(msisdn)
                .orElseThrow(() ->
                        new RefusalException(ResponseCodes.NO_ROUTE, "MSISDN: the number's home province is unknown"));
    }

    /**
     * The node of the province that a line is in: no table says it.
     *
     * @throws RefusalException 0104 if nobody knows
     */
    public String ofLine(Party asker) {
        return own("LineNo", asker);
    }

    private static String own(String element, Party asker) {
        if (asker.node().equals(Party.HUB.node())) {
            throw new RefusalException(
                    ResponseCodes.NO_ROUTE, element + ": its province is unknown; the CRM of its province can ask");
        }
        return asker.node();
    }
}
