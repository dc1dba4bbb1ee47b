package org.relayhub.oracle;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Activity;
import org.relayhub.message.Party;

/** Classes every message that was acknowledged, by what its party has got and what the ledger says. */
final class Judge {

    /** A leg as the ledger has it. */
    record BookedLeg(String ticket, Party upstream, Party downstream, int round, int urges) {}

    /** A message that the hub did not keep its promise about. */
    record Broken(Fate fate, String ticket, String what) {}

    /** The judgement: how many messages of each fate, and each that is broken. */
    record Judgement(Map<Fate, Integer> fates, List<Broken> broken) {

        int count(Fate fate) {
            return fates.getOrDefault(fate, 0);
        }
    }

    private record Lane(String ticket, Set<Party> leg, Party to) {}

    private final Map<Fate, Integer> fates = new EnumMap<>(Fate.class);
    private final List<Broken> broken = new ArrayList<>();

    private Judge() {}

    /**
     * Judges.
     *
     * @param acknowledged of each ticket in the order of acknowledgement
     * @param arrivals of each party in the order of arrival
     * @param dead the TransIDOs of those that an operator sees as given up
     */
    static Judgement of(List<Sent> acknowledged, List<Arrival> arrivals, Set<String> dead, List<BookedLeg> legs) {
        var judge = new Judge();
        judge.messages(acknowledged, arrivals, dead);
        judge.effects(acknowledged, legs);
        return new Judgement(judge.fates, judge.broken);
    }

    private void messages(List<Sent> acknowledged, List<Arrival> arrivals, Set<String> dead) {
        Map<String, List<Arrival>> got = arrivals.stream().collect(Collectors.groupingBy(Arrival::transIdo));
        Map<String, Integer> place = new HashMap<>();
        for (int i = 0; i < arrivals.size(); i++) {
            place.putIfAbsent(arrivals.get(i).transIdo(), i);
        }
        Map<Lane, List<Sent>> lanes = new LinkedHashMap<>();
        for (Sent message : acknowledged) {
            lanes.computeIfAbsent(lane(message), key -> new ArrayList<>()).add(message);
        }
        lanes.values().forEach(lane -> {
            // From the end: what of the later ones has come first.
            int earliestOfLater = Integer.MAX_VALUE;
            for (int i = lane.size() - 1; i >= 0; i--) {
                Sent message = lane.get(i);
                Integer first = place.get(message.transIdo());
                book(
                        message,
                        fate(message, got.getOrDefault(message.transIdo(), List.of()), dead, first, earliestOfLater));
                earliestOfLater = first == null ? earliestOfLater : Math.min(earliestOfLater, first);
            }
        });
        Set<String> sent = acknowledged.stream().map(Sent::transIdo).collect(Collectors.toSet());
        new LinkedHashSet<>(arrivals)
                .stream()
                        .filter(arrival -> !sent.contains(arrival.transIdo()))
                        .forEach(arrival -> book(Fate.INVENTED, arrival.ticket(), arrival.toString()));
    }

    private static Lane lane(Sent message) {
        return new Lane(message.ticket(), Set.of(message.from(), message.to()), message.to());
    }

    private static Fate fate(
            Sent message, List<Arrival> got, Set<String> dead, @Nullable Integer first, int earliestOfLater) {
        if (got.isEmpty()) {
            return dead.contains(message.transIdo()) ? Fate.DEAD_LETTER : Fate.LOST;
        }
        boolean one = got.stream().map(Arrival::transIdc).distinct().count() == 1
                && got.stream().allMatch(arrival -> arrival.party().equals(message.to()));
        if (!one) {
            return Fate.DOUBLED;
        }
        return first != null && first > earliestOfLater ? Fate.OUT_OF_ORDER : Fate.DELIVERED_ONCE;
    }

    /** Urges and rounds are what a message that is booked twice would count twice, and one that is lost not at all. */
    private void effects(List<Sent> acknowledged, List<BookedLeg> legs) {
        Map<String, Map<Party, int[]>> expected = new HashMap<>();
        for (Sent message : acknowledged) {
            int[] leg = expected.computeIfAbsent(message.ticket(), key -> new HashMap<>())
                    .computeIfAbsent(
                            message.activity() == Activity.REPLY || message.activity() == Activity.RETURN
                                    ? message.to()
                                    : message.from(),
                            key -> new int[2]);
            if (message.activity() == Activity.REPROCESS) {
                leg[0]++;
            } else if (message.activity() == Activity.URGE) {
                leg[1]++;
            }
        }
        for (BookedLeg leg : legs) {
            int[] of = expected.getOrDefault(leg.ticket(), Map.of()).getOrDefault(leg.upstream(), new int[2]);
            check(leg, "rounds", of[0] + 1, leg.round());
            check(leg, "urges", of[1], leg.urges());
        }
        Set<List<Object>> booked = legs.stream()
                .map(leg -> List.<Object>of(leg.ticket(), leg.upstream(), leg.downstream()))
                .collect(Collectors.toSet());
        acknowledged.stream()
                .filter(message -> message.activity() == Activity.DISPATCH)
                .map(message -> List.<Object>of(message.ticket(), message.from(), message.to()))
                .distinct()
                .filter(leg -> !booked.contains(leg))
                .forEach(leg -> book(Fate.LOST, leg.get(0).toString(), "no leg is booked: " + leg));
    }

    private void check(BookedLeg leg, String what, int sent, int booked) {
        if (sent != booked) {
            book(
                    booked > sent ? Fate.DOUBLED : Fate.LOST,
                    leg.ticket(),
                    what + " of the leg from " + leg.upstream() + " to " + leg.downstream() + ": " + sent
                            + " were acknowledged, " + booked + " are booked");
        }
    }

    private void book(Sent message, Fate fate) {
        book(fate, message.ticket(), message.activity() + " " + message.transIdo() + " to " + message.to());
    }

    private void book(Fate fate, String ticket, String what) {
        fates.merge(fate, 1, Integer::sum);
        if (!fate.isKept()) {
            broken.add(new Broken(fate, ticket, what));
        }
    }
}
