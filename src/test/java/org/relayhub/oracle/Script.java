package org.relayhub.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.relayhub.Messages;
import org.relayhub.message.Activity;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Party;

/**
 * What parties do with one ticket, in an order that the lifecycle of the contract allows: a province dispatches it, and from
 * there on chance decides, on that leg and on one further down.
 *
 * @param steps each is sent when the one before is acknowledged
 */
record Script(String ticket, List<AddressedMessage> steps) {

    private static final Party CSVC = Party.of("CSVC-000");
    private static final Party SIMS = Party.of("SIMS-000");
    private static final int FEWEST = 3;
    private static final int MOST = 12;

    /** Where a leg stands; written down anew, so that the hub's own table is held against another. */
    private enum Stand {
        NONE,
        DISPATCHED,
        REPLIED,
        RETURNED,
        ARCHIVED
    }

    private static final class Walk {
        private final Party upstream;
        private final Party downstream;
        private Stand stand = Stand.NONE;

        Walk(Party upstream, Party downstream) {
            this.upstream = upstream;
            this.downstream = downstream;
        }

        /** What may be done now. */
        List<Activity> possible() {
            return switch (stand) {
                case NONE -> List.of(Activity.DISPATCH);
                case DISPATCHED -> List.of(Activity.URGE, Activity.COMMENT, Activity.REPLY, Activity.RETURN);
                case REPLIED -> List.of(Activity.REPROCESS, Activity.COMMENT, Activity.ARCHIVE);
                case RETURNED -> List.of(Activity.DISPATCH, Activity.COMMENT, Activity.ARCHIVE);
                case ARCHIVED -> List.of();
            };
        }

        AddressedMessage go(Activity activity, Random random, String ticket) {
            boolean down =
                    switch (activity) {
                        case REPLY, RETURN -> false;
                        case COMMENT -> random.nextBoolean();
                        default -> true;
                    };
            stand = switch (activity) {
                case DISPATCH, REPROCESS -> Stand.DISPATCHED;
                case REPLY -> Stand.REPLIED;
                case RETURN -> Stand.RETURNED;
                case ARCHIVE -> Stand.ARCHIVED;
                default -> stand;
            };
            return Messages.message(activity, down ? upstream : downstream, down ? downstream : upstream, ticket);
        }
    }

    /** A script that chance has written. */
    static Script of(Random random, String ticket, Party crm) {
        var first = new Walk(crm, CSVC);
        var second = new Walk(CSVC, SIMS);
        List<AddressedMessage> steps = new ArrayList<>();
        int length = FEWEST + random.nextInt(MOST - FEWEST);
        while (steps.size() < length) {
            Walk walk = first.stand == Stand.DISPATCHED && random.nextInt(3) == 0
                            || second.stand != Stand.NONE && random.nextBoolean()
                    ? second
                    : first;
            List<Activity> possible = walk.possible();
            if (possible.isEmpty()) {
                if (first.possible().isEmpty()) {
                    break;
                }
                continue;
            }
            steps.add(walk.go(possible.get(random.nextInt(possible.size())), random, ticket));
        }
        return new Script(ticket, List.copyOf(steps));
    }
}
