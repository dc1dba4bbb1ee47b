package org.relayhub.directory;

import static org.relayhub.message.codes.ResponseCodes.CODES_DISAGREE;
import static org.relayhub.message.codes.ResponseCodes.HEADER_FORMAT;
import static org.relayhub.message.codes.ResponseCodes.LINK_WITHOUT_ACTIVITY;
import static org.relayhub.message.codes.ResponseCodes.NOT_SIGNED_ON;
import static org.relayhub.message.codes.ResponseCodes.NOT_YOUR_LEG;
import static org.relayhub.message.codes.ResponseCodes.NO_ROUTE;
import static org.relayhub.message.codes.ResponseCodes.SAME_PARTY;

import org.relayhub.message.Activity;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Fault;
import org.relayhub.message.Header;
import org.relayhub.message.InboundDocument;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.Party;
import org.relayhub.message.RefusalException;
import org.relayhub.message.codec.DocumentWriter;
import org.relayhub.message.codes.ActivityCodes;

/** Finds what a document is about and whom it is for, or refuses it with the code that says why there is no way. */
public final class Addressing {

    private final Directory directory;
    private final ActivityCodes codes;
    private final DocumentWriter writer;

    public Addressing(Directory directory, ActivityCodes codes, DocumentWriter writer) {
        this.directory = directory;
        this.codes = codes;
        this.writer = writer;
    }

    /**
     * Addresses a document whose sender is known to be who it claims to be.
     *
     * @throws RefusalException 0105, 0126, 0118, 0129, 0104, 2903, 2905 or 0119
     */
    public AddressedMessage address(InboundDocument inbound) {
        InterBossDocument document = inbound.document();
        Header header = document.header();
        Activity activity = activity(header);
        Party sender = header.sender();
        if (directory.find(sender).filter(PartyEntry::enabled).isEmpty()) {
            throw new RefusalException(NOT_SIGNED_ON, "OrigDomain: the sending party is not connected or disabled");
        }
        Party home = home(header);
        if (sender.equals(home)) {
            throw new RefusalException(SAME_PARTY, "RouteValue: names the sender itself");
        }
        checkLink(sender, home, activity);
        if (!home.equals(Party.HUB)) {
            directory.connected(home, "RouteValue: the home party");
        }
        return new AddressedMessage(document, writer.write(document), activity, sender, home, inbound.transport());
    }

    private Activity activity(Header header) {
        if (!header.request()) {
            throw new RefusalException(HEADER_FORMAT, "ActionCode: only a request (0) is taken here");
        }
        ActivityCodes.Row row = codes.byCode(header.activityCode());
        if (row == null) {
            throw new RefusalException(HEADER_FORMAT, "ActivityCode: names no activity");
        }
        if (!row.bipCode().equals(header.bipCode())) {
            throw new RefusalException(CODES_DISAGREE, "BIPCode: does not belong to this ActivityCode");
        }
        return row.activity();
    }

    /** The party that the header names, by its node or by a number that is at home with it. */
    private Party home(Header header) {
        if (header.routeType().equals(Header.BY_NODE)) {
            return new Party(header.homeDomain(), header.routeValue());
        }
        Party home = directory
                .segments()
                .province(header.routeValue())
                .map(province -> new Party(header.homeDomain(), province))
                .orElseThrow(() -> new RefusalException(NO_ROUTE, "RouteValue: the number's home province is unknown"));
        if (directory.find(home).isEmpty()) {
            throw new RefusalException(
                    NO_ROUTE,
                    "HomeDomain: has no party in the number's home province, name its node with RouteType 00");
        }
        return home;
    }

    private void checkLink(Party sender, Party home, Activity activity) {
        Fault fault =
                switch (directory.links().judge(sender, home, activity)) {
                    case CARRIED -> null;
                    case OTHER_WAY_ONLY ->
                        new Fault(
                                NOT_YOUR_LEG,
                                "ActivityCode: on this link only the other party may send " + activity.label());
                    case NOT_CARRIED ->
                        new Fault(LINK_WITHOUT_ACTIVITY, "ActivityCode: this link does not carry " + activity.label());
                    case NO_LINK ->
                        new Fault(
                                NO_ROUTE,
                                "HomeDomain: with RouteValue it names a party to which there is no link, " + sender
                                        + " to " + home);
                };
        if (fault != null) {
            throw new RefusalException(fault);
        }
    }
}
