package org.relayhub.directory;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.relayhub.message.Activity;
import org.relayhub.message.Party;
import org.relayhub.message.codes.CodeTable;

/** Which party may send what to which: {@code codes/links.csv}. A node of {@code *} is any province. */
public final class Links {

    /** What the links say of an activity between two parties. */
    public enum Verdict {
        /** A link carries it this way. */
        CARRIED,
        /** A link carries it, but only the other way. */
        OTHER_WAY_ONLY,
        /** There is a link, and it does not carry the activity. */
        NOT_CARRIED,
        /** The two parties have no link. */
        NO_LINK
    }

    private record Link(
            String upstream, String downstream, boolean sameProvince, Set<Activity> down, Set<Activity> up) {

        boolean joins(Party above, Party below) {
            return matches(upstream, above)
                    && matches(downstream, below)
                    && (!sameProvince || above.node().equals(below.node()));
        }

        private static boolean matches(String pattern, Party party) {
            return pattern.endsWith("-*")
                    ? pattern.equals(party.domain() + "-*") && !party.node().equals("000")
                    : pattern.equals(party.toString());
        }
    }

    private final List<Link> links = new ArrayList<>();

    /** @throws IllegalArgumentException if the table names an activity that does not exist */
    public Links(CodeTable table) {
        for (CodeTable.Row row : table.rows()) {
            links.add(new Link(
                    row.get("upstream"),
                    row.get("downstream"),
                    row.get("same_province").equals("yes"),
                    activities(row.get("down")),
                    activities(row.get("up"))));
        }
    }

    private static Set<Activity> activities(String labels) {
        Set<Activity> activities = EnumSet.noneOf(Activity.class);
        for (String label : labels.split(" ")) {
            if (!label.isEmpty()) {
                activities.add(Activity.of(label));
            }
        }
        return activities;
    }

    public Verdict judge(Party sender, Party home, Activity activity) {
        Verdict verdict = Verdict.NO_LINK;
        for (Link link : links) {
            boolean down = link.joins(sender, home);
            boolean up = link.joins(home, sender);
            if ((down && link.down().contains(activity)) || (up && link.up().contains(activity))) {
                return Verdict.CARRIED;
            }
            if ((down && link.up().contains(activity)) || (up && link.down().contains(activity))) {
                verdict = Verdict.OTHER_WAY_ONLY;
            } else if ((down || up) && verdict == Verdict.NO_LINK) {
                verdict = Verdict.NOT_CARRIED;
            }
        }
        return verdict;
    }
}
