package org.relayhub.standalone.simulation.peer;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.relayhub.directory.Directory;
import org.relayhub.directory.PartyEntry;
import org.relayhub.message.Body;
import org.relayhub.message.Party;
import org.relayhub.message.codec.DocumentReader;
import org.relayhub.message.codes.ServiceCatalogue;

/** The parties that are simulated: those that a line connects and no real client takes the place of. */
public final class Peers {

    /** One simulated party. */
    public record Peer(PartyEntry entry, PeerBehaviour behaviour) {}

    private static final String TIER_ONE = "000";

    private final Map<Party, Peer> peers = new TreeMap<>();
    private final ServiceCatalogue catalogue;

    /** @param transports those by which a simulated party can reach the hub */
    public Peers(
            Directory directory,
            Set<String> transports,
            SimulationSettings settings,
            ServiceCatalogue catalogue,
            DocumentReader reader,
            Holdings holdings,
            PlannedActions planned,
            RandomGenerator random) {
        this.catalogue = catalogue;
        Crm crm = new Crm(holdings, planned, settings, reader, random);
        SecondLine secondLine = new SecondLine(holdings, planned, settings, random);
        Relay csvc = new Relay(this::behindCsvc, secondLine, holdings, planned);
        Relay sims = new Relay(Peers::behindSims, secondLine, holdings, planned);
        for (PartyEntry entry : directory.parties()) {
            Party party = entry.party();
            if (transports.contains(entry.transport())
                    && !settings.notSimulated().contains(party)) {
                PeerBehaviour behaviour =
                        switch (party.domain()) {
                            case "CRM" -> crm;
                            case "CSVC" -> csvc;
                            case "SIMS" -> party.node().equals(TIER_ONE) ? sims : secondLine;
                            default -> secondLine;
                        };
                peers.put(party, new Peer(entry, behaviour));
            }
        }
    }

    /** A party; empty if it is not simulated. */
    public Optional<Peer> find(Party party) {
        return Optional.ofNullable(peers.get(party));
    }

    /** The simulated parties of a domain. */
    public List<Party> of(String domain) {
        return peers.keySet().stream()
                .filter(party -> party.domain().equals(domain))
                .toList();
    }

    /** The second-line system of the service type. */
    private Party behindCsvc(Body dispatch) {
        ServiceCatalogue.@Nullable Service service = catalogue.find(dispatch.get("SvcTypeId"));
        String domain = service == null ? "CSVC" : service.secondLineDomain();
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
