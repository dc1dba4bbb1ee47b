package org.relayhub.business;

import static org.relayhub.message.codes.ResponseCodes.ABOVE_MAXIMUM;
import static org.relayhub.message.codes.ResponseCodes.NO_SUCH_SERVICE;

import java.time.Clock;
import java.time.LocalDate;
import org.relayhub.directory.Directory;
import org.relayhub.directory.PartyEntry;
import org.relayhub.message.Activity;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Body;
import org.relayhub.message.Party;
import org.relayhub.message.RefusalException;
import org.relayhub.message.Serial;
import org.relayhub.message.codes.Lookup;
import org.relayhub.message.codes.OwnBusinessCatalogue;
import org.relayhub.message.codes.OwnBusinessCatalogue.Kind;
import org.relayhub.message.codes.OwnBusinessCatalogue.Operation;

/** Queries and handlings of the own-business platforms: whether they are right, and whose they are. */
public final class OwnBusiness {

    /** Of pages; the contract gives none, and no platform has as many. */
    private static final int LAST_PAGE = 1_000_000;

    private static final int PAGE_DIGITS = 7;

    private static final Party CSVC = new Party("CSVC", "000");

    private final OwnBusinessCatalogue catalogue;
    private final Directory directory;
    private final BusinessSettings settings;
    private final Clock clock;

    public OwnBusiness(OwnBusinessCatalogue catalogue, Directory directory, BusinessSettings settings, Clock clock) {
        this.catalogue = catalogue;
        this.directory = directory;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Checks a query or handling against the catalogue.
     *
     * @throws RefusalException 2906 if there is no such operation, or 4001 to 4007 if a condition is wrong
     */
    public AddressedMessage check(AddressedMessage message) {
        Body body = message.document().requireBody();
        Operation operation = operation(body);
        Kind kind = message.activity() == Activity.BUSINESS_HANDLE ? Kind.HANDLE : Kind.QUERY;
        if (operation.kind() != kind) {
            throw new RefusalException(
                    NO_SUCH_SERVICE,
                    "OperateTypeId: is a "
                            + (operation.kind() == Kind.QUERY
                                    ? "query, send it as business-query"
                                    : "handling, send it as business-handle"));
        }
        if (!message.home().equals(CSVC) && !message.home().domain().equals(operation.domain())) {
            throw new RefusalException(
                    NO_SUCH_SERVICE,
                    "ServiceTypeId: is a service of " + operation.domain() + "-000, not of " + message.home());
        }
        Conditions.check(operation.conditions(), body.get("OperateConditions"));
        String page = body.find("QueryPageNum");
        if (page != null && (page.length() > PAGE_DIGITS || Integer.parseInt(page) > LAST_PAGE)) {
            throw new RefusalException(ABOVE_MAXIMUM, "QueryPageNum: is above " + LAST_PAGE);
        }
        return message;
    }

    private Operation operation(Body body) {
        LocalDate today = Serial.day(clock.instant());
        String service = body.get("ServiceTypeId");
        Lookup<Operation> found = catalogue.find(service, body.get("OperateTypeId"), today);
        if (found.row().isEmpty() && catalogue.domain(service, today).isEmpty()) {
            throw new RefusalException(NO_SUCH_SERVICE, "ServiceTypeId: is no own-business service");
        }
        found.refusal().ifPresent(reason -> {
            throw new RefusalException(NO_SUCH_SERVICE, "OperateTypeId: " + reason);
        });
        return found.inForce().orElseThrow();
    }

    /**
     * The party that answers: the platform of the service, or whoever sorts for it, as {@code hub.business.sorted-by}
     * says.
     *
     * @throws RefusalException 0104 or 0119 if it cannot be called
     */
    public PartyEntry platform(AddressedMessage message) {
        Party party = message.home();
        if (party.equals(CSVC) && settings.sortedBy() == BusinessSettings.Sorter.HUB) {
            party = new Party(operation(message.document().requireBody()).domain(), Party.HUB.node());
        }
        return directory.connected(party, "ServiceTypeId: its platform");
    }
}
