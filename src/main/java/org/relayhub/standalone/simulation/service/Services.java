package org.relayhub.standalone.simulation.service;

import java.util.List;
import java.util.random.RandomGenerator;
import org.relayhub.message.Activity;
import org.relayhub.message.Body;
import org.relayhub.message.Party;
import org.relayhub.message.RefusalException;
import org.relayhub.message.Serial;
import org.relayhub.message.codes.CodeTable;
import org.relayhub.message.codes.OwnBusinessCatalogue;
import org.relayhub.message.codes.ResponseCodes;
import org.relayhub.standalone.simulation.peer.Reaction;
import org.relayhub.standalone.simulation.peer.SimulationSettings;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the simulated peers answer on the spot, beside the tickets that they handle: which of them answers what, and how
 * often it fails or is late.
 */
public final class Services {

    private static final List<String> PLATFORMS = List.of("MVID", "MGAM", "MUSI", "MPAY", "MRED");

    /** It answers for every platform, where the hub leaves the sorting to it. */
    private static final String SORTER = "CSVC";

    private final SimulationSettings settings;
    private final RandomGenerator random;
    private final Boss boss;
    private final Network network;
    private final Subscriptions subscriptions;
    private final Operations operations;

    private final OwnBusinessCatalogue catalogue;

    public Services(
            JdbcClient database, OwnBusinessCatalogue catalogue, SimulationSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
        this.catalogue = catalogue;
        this.boss = new Boss(day -> PLATFORMS.stream()
                .flatMap(domain -> catalogue.serviceTypeId(domain, day).stream())
                .toList());
        this.network = new Network(table("areas"));
        this.subscriptions = new Subscriptions(database, boss);
        this.operations = new Operations(
                catalogue,
                new QueryTable(table("business-queries"), table("business-columns")),
                new Blacklists(database));
    }

    private static CodeTable table(String name) {
        return CodeTable.of(name, new ClassPathResource("simulation/" + name + ".csv"));
    }

    /** Whether a peer answers such a thing on the spot; what it does not is about a ticket, or not for it. */
    public boolean answers(Party self, Activity activity) {
        return switch (activity) {
            case SUBSCRIBER -> self.domain().equals("BOSS");
            case LINE_STATE -> self.domain().equals("NETW");
            case SUBSCRIPTION -> self.domain().equals("BOSS") || isPlatform(self);
            case ALIGN -> isPlatform(self);
            case BUSINESS_QUERY, BUSINESS_QUERY_PAGE, BUSINESS_HANDLE ->
                isPlatform(self) || self.domain().equals(SORTER);
            default -> false;
        };
    }

    private boolean isPlatform(Party party) {
        return PLATFORMS.contains(party.domain());
    }

    /** Whether a peer changes something when it answers such a thing. */
    public static boolean changes(Activity activity) {
        return activity == Activity.ALIGN || activity == Activity.BUSINESS_HANDLE;
    }

    /** How a peer answers what {@link #answers it answers}; of what {@link #changes changes}, within a transaction. */
    public Reaction answer(Question question) {
        if (random.nextDouble() < settings.failures()) {
            return Reaction.failed();
        }
        Reaction reaction;
        try {
            reaction = Reaction.answered(body(question));
        } catch (RefusalException e) {
            reaction = Reaction.refused(e.fault().code(), e.fault().description());
        }
        return random.nextDouble() < settings.timeouts() ? reaction.tooLate() : reaction;
    }

    private Body body(Question question) {
        Party self = question.self();
        return switch (question.activity()) {
            case SUBSCRIBER -> boss.subscriber(question);
            case LINE_STATE -> network.lineState(question);
            case SUBSCRIPTION ->
                isPlatform(self) ? subscriptions.told(question, own(question)) : boss.subscriptions(question);
            case ALIGN -> subscriptions.align(question, own(question));
            case BUSINESS_QUERY, BUSINESS_QUERY_PAGE ->
                operations.query(question, isPlatform(self) ? own(question) : null);
            case BUSINESS_HANDLE -> operations.handle(question, isPlatform(self) ? own(question) : null);
            default ->
                throw new RefusalException(ResponseCodes.LINK_WITHOUT_ACTIVITY, "ActivityCode: not handled here");
        };
    }

    /** The service that a platform has on the day. */
    private String own(Question question) {
        return catalogue
                .serviceTypeId(question.self().domain(), Serial.day(question.at()))
                .orElseThrow(() -> new RefusalException(
                        ResponseCodes.NO_SUCH_SERVICE, "ServiceTypeId: this platform has no service now"));
    }
}
