package org.relayhub.standalone.simulation.peer;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.relayhub.directory.Directory;
import org.relayhub.directory.PartyEntry;
import org.relayhub.message.Body;
import org.relayhub.message.Party;
import org.relayhub.message.Serial;
import org.relayhub.message.codec.DocumentReader;
import org.relayhub.message.codes.ServiceCatalogue;

/** The parties that are simulated: those that a line connects and no real client takes the place of. */
public final class Peers {

    /** One simulated party. */
    public record Peer(PartyEntry entry, PeerBehaviour behaviour) {}

    private static final String TIER_ONE = "000";

    private final Directory directory;
    private final Set<String> transports;
    private final SimulationSettings settings;
    private final ServiceCatalogue catalogue;
    private final Clock clock;
    private final Crm crm;
    private final SecondLine secondLine;
    private final Relay csvc;
    private final Relay sims;

    /** @param transports those by which a simulated party can reach the hub */
    public Peers(
            Directory directory,
            Set<String> transports,
            SimulationSettings settings,
            ServiceCatalogue catalogue,
            DocumentReader reader,
            Holdings holdings,
            PlannedActions planned,
            RandomGenerator random,
            Clock clock) {
        this.directory = directory;
        this.transports = Set.copyOf(transports);
        this.settings = settings;
        this.catalogue = catalogue;
        this.clock = clock;
        this.crm = new Crm(holdings, planned, settings, reader, random);
        this.secondLine = new SecondLine(holdings, planned, settings, random);
        this.csvc = new Relay(this::behindCsvc, secondLine, holdings, planned);
        this.sims = new Relay(Peers::behindSims, secondLine, holdings, planned);
    }

    /** A party, as it is connected now; empty if it is not simulated. */
    public Optional<Peer> find(Party party) {
        return directory.find(party).filter(this::isSimulated).map(entry -> new Peer(entry, behaviour(party)));
    }

    private boolean isSimulated(PartyEntry entry) {
        return transports.contains(entry.transport())
                && !settings.notSimulated().contains(entry.party());
    }

    private PeerBehaviour behaviour(Party party) {
        return switch (party.domain()) {
            case "CRM" -> crm;
            case "CSVC" -> csvc;
            case "SIMS" -> party.node().equals(TIER_ONE) ? sims : secondLine;
            default -> secondLine;
        };
    }

    /** The simulated parties of a domain. */
    public List<Party> of(String domain) {
        return directory.parties().stream()
                .filter(this::isSimulated)
                .map(PartyEntry::party)
                .filter(party -> party.domain().equals(domain))
                .toList();
    }

    /** The second-line system of the service type. */
    private Party behindCsvc(Body dispatch) {
        String domain = catalogue
                .find(dispatch.get("SvcTypeId"), Serial.day(clock.instant()))
                .row()
                .map(ServiceCatalogue.Service::secondLineDomain)
                .orElse("CSVC");
        return new Party(domain, domain.equals("NETW") ? acceptingProvince(dispatch) : TIER_ONE);
    }

    /** The province that the ticket is for; where it names none, the one that accepted it. */
    private static Party behindSims(Body dispatch) {
        String target = dispatch.get("TProv");
        return new Party("SIMS", target.equals(TIER_ONE) ? acceptingProvince(dispatch) : target);
    }

    private static String acceptingProvince(Body dispatch) {
        return dispatch.get("IndictSeq").substring(12, 15);
    }
}
