package org.relayhub.adapter.jms;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.relayhub.directory.Directory;
import org.relayhub.directory.PartyEntry;
import org.relayhub.message.Party;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The doors of the JMS parties: a route for each, which takes documents off the party's queue. */
public final class JmsDoors {

    private static final Logger log = LoggerFactory.getLogger(JmsDoors.class);

    private final CamelContext camel;
    private final Directory directory;
    private final Set<Party> open = new TreeSet<>();
    private boolean started;

    JmsDoors(CamelContext camel, Directory directory) {
        this.camel = camel;
        this.directory = directory;
        directory.onChange(this::follow);
    }

    /** Opens the doors, once the routes are loaded. */
    synchronized void start() {
        started = true;
        follow();
    }

    /** Opens and closes doors as the directory says: one that an operator has stopped stays as it is. */
    private synchronized void follow() {
        if (!started) {
            return;
        }
        Set<Party> wanted = directory.parties().stream()
                .filter(entry -> entry.enabled() && entry.isQueued())
                .map(PartyEntry::party)
                .collect(Collectors.toCollection(TreeSet::new));
        for (Party party : wanted) {
            if (!open.contains(party)) {
                TemplatedRouteBuilder.builder(camel, "accept-jms")
                        .routeId(routeId(party))
                        .parameter("party", party.toString())
                        .add();
                open.add(party);
            }
        }
        for (Party party : Set.copyOf(open)) {
            if (!wanted.contains(party)) {
                close(party);
            }
        }
    }

    private void close(Party party) {
        try {
            for (String route : new String[] {kameletId(party), routeId(party)}) {
                camel.getRouteController().stopRoute(route);
                camel.removeRoute(route);
            }
            open.remove(party);
            log.info("{} is no longer connected by JMS; what is on its queue stays there", party);
        } catch (Exception e) {
            log.error("The door of {} could not be closed", party, e);
        }
    }

    private static String routeId(Party party) {
        return "accept-jms-" + party;
    }

    private static String kameletId(Party party) {
        return "jms-inbound-" + party;
    }
}
