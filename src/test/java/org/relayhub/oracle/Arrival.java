package org.relayhub.oracle;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.relayhub.message.Party;

/**
 * A document that a party has got, as it knows it: by the marks alone, with nothing of the hub's own code.
 *
 * @param party who has got it
 * @param transIdo by which the party knows a repeated one
 * @param transIdc the hub's serial, the same on every try of one message
 */
record Arrival(Party party, String ticket, String transIdo, String transIdc) {

    private static final Pattern TICKET = Pattern.compile("<IndictSeq>([^<]*)</IndictSeq>");
    private static final Pattern TRANS_IDO = Pattern.compile("<TransIDO>([^<]*)</TransIDO>");
    private static final Pattern TRANS_IDC = Pattern.compile("<TransIDC>([^<]*)</TransIDC>");

    /** What a party reads in a document; empty if it lacks any of the three. */
    static Optional<Arrival> read(Party party, String wire) {
        Matcher ticket = TICKET.matcher(wire);
        Matcher transIdo = TRANS_IDO.matcher(wire);
        Matcher transIdc = TRANS_IDC.matcher(wire);
        return ticket.find() && transIdo.find() && transIdc.find()
                ? Optional.of(new Arrival(party, ticket.group(1), transIdo.group(1), transIdc.group(1)))
                : Optional.empty();
    }
}
