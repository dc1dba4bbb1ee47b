package org.relayhub.standalone.broker;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.Principal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.RolePrincipal;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.jspecify.annotations.Nullable;
import org.relayhub.directory.Queues;
import org.relayhub.message.Party;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may do what at the broker. A party may send to {@code hub.in.<PARTY>}, read {@code hub.out.<PARTY>}, and have a
 * temporary queue for answers; a network platform may publish alarms; the hub may read what parties send and send what they
 * read; the admin reads what could not be read. Nobody manages the broker.
 */
final class BrokerRights implements ActiveMQSecurityManager5 {

    /** Where temporary queues are, as far as rights are concerned. */
    static final String TEMPORARY = "temp";

    private static final Logger log = LoggerFactory.getLogger(BrokerRights.class);

    private static final String PARTY = "party";
    private static final String HUB = "hub";
    private static final String ADMIN = "admin";

    private static final String PLATFORMS = "NETW";

    /** Between an address and the name of one of its queues. */
    private static final String QUEUE_OF = "::";

    private static final int MOST_TEMPORARY = 100_000;

    private final String alarms;
    private final EmbeddedBroker.Login login;
    private final Cache<String, String> owners =
            Caffeine.newBuilder().maximumSize(MOST_TEMPORARY).build();

    /** @param alarms the topic on which network platforms publish; empty for none */
    BrokerRights(String alarms, EmbeddedBroker.Login login) {
        this.alarms = alarms;
        this.login = login;
    }

    /** The roles of each kind of address. */
    static Map<String, Set<Role>> roles(String alarms) {
        Map<String, Set<Role>> roles = new HashMap<>();
        roles.put(Queues.IN + "#", new HashSet<>(Set.of(role(PARTY, CheckType.SEND), queues(HUB, CheckType.CONSUME))));
        roles.put(
                Queues.OUT + "#",
                new HashSet<>(Set.of(role(PARTY, CheckType.CONSUME, CheckType.BROWSE), queues(HUB, CheckType.SEND))));
        roles.put(
                Queues.INVALID,
                new HashSet<>(Set.of(queues(HUB, CheckType.SEND), role(ADMIN, CheckType.CONSUME, CheckType.BROWSE))));
        if (!alarms.isEmpty()) {
            roles.put(alarms, new HashSet<>(Set.of(role(PARTY, CheckType.SEND), queues(HUB, CheckType.CONSUME))));
        }
        roles.put(TEMPORARY + ".#", new HashSet<>(Set.of(temporary(PARTY), temporary(HUB))));
        return roles;
    }

    private static Role role(String name, CheckType... may) {
        Set<CheckType> rights = Set.of(may);
        return new Role(
                name,
                rights.contains(CheckType.SEND),
                rights.contains(CheckType.CONSUME),
                rights.contains(CheckType.CREATE_DURABLE_QUEUE),
                rights.contains(CheckType.DELETE_DURABLE_QUEUE),
                rights.contains(CheckType.CREATE_NON_DURABLE_QUEUE),
                rights.contains(CheckType.DELETE_NON_DURABLE_QUEUE),
                rights.contains(CheckType.MANAGE),
                rights.contains(CheckType.BROWSE),
                rights.contains(CheckType.CREATE_ADDRESS),
                rights.contains(CheckType.DELETE_ADDRESS),
                rights.contains(CheckType.VIEW),
                rights.contains(CheckType.EDIT));
    }

    private static Role queues(String name, CheckType right) {
        return role(name, right, CheckType.CREATE_ADDRESS, CheckType.CREATE_DURABLE_QUEUE);
    }

    private static Role temporary(String name) {
        return role(
                name,
                CheckType.SEND,
                CheckType.CONSUME,
                CheckType.CREATE_NON_DURABLE_QUEUE,
                CheckType.DELETE_NON_DURABLE_QUEUE,
                CheckType.CREATE_ADDRESS,
                CheckType.DELETE_ADDRESS);
    }

    @Override
    public @Nullable Subject authenticate(
            @Nullable String user,
            @Nullable String password,
            RemotingConnection connection,
            @Nullable String securityDomain) {
        if (!validateUser(user, password)) {
            // Whatever name a stranger sends has no place in a log.
            log.warn(
                    "Security event: a login at the broker failed, as {} from {}",
                    Party.ofUser(user).map(Party::user).orElse("no party"),
                    connection.getRemoteAddress());
            return null;
        }
        var subject = new Subject();
        subject.getPrincipals().add(new UserPrincipal(user));
        subject.getPrincipals().add(new RolePrincipal(role(user)));
        return subject;
    }

    private static String role(@Nullable String user) {
        if (ADMIN.equals(user)) {
            return ADMIN;
        }
        return Party.HUB.user().equals(user) ? HUB : PARTY;
    }

    @Override
    public boolean authorize(Subject subject, Set<Role> roles, CheckType right, String address) {
        Set<String> names = names(subject, RolePrincipal.class);
        if (roles.stream().noneMatch(role -> names.contains(role.getName()) && right.hasRole(role))) {
            return false;
        }
        if (!names.contains(PARTY)) {
            return true;
        }
        String user = String.join("", names(subject, UserPrincipal.class));
        // The address comes alone, or with the queue behind it. What a party may use has one name.
        String queue = address.replaceFirst(".*" + QUEUE_OF, "");
        if (!address.equals(queue) && !address.equals(queue + QUEUE_OF + queue)) {
            return false;
        }
        if (queue.startsWith(Queues.OURS)) {
            return Party.ofUser(user)
                    .filter(party -> queue.equals(Queues.in(party)) || queue.equals(Queues.out(party)))
                    .isPresent();
        }
        if (queue.equals(alarms)) {
            return Party.ofUser(user)
                    .filter(party -> party.domain().equals(PLATFORMS))
                    .isPresent();
        }
        return mayUseTemporary(user, right, queue);
    }

    /**
     * Of temporary queues each user has its own: their names are long, but they can be found. What the hub asks is answered
     * at one of the hub's.
     */
    private boolean mayUseTemporary(String user, CheckType right, String queue) {
        if (right == CheckType.CREATE_ADDRESS || right == CheckType.CREATE_NON_DURABLE_QUEUE) {
            return user.equals(owners.get(queue, name -> user));
        }
        String owner = owners.getIfPresent(queue);
        return user.equals(owner) || (right == CheckType.SEND && owner == null);
    }

    private static Set<String> names(Subject subject, Class<? extends Principal> type) {
        Set<String> names = new HashSet<>();
        for (Principal principal : subject.getPrincipals(type)) {
            names.add(principal.getName());
        }
        return names;
    }

    @Override
    public boolean validateUser(@Nullable String user, @Nullable String password) {
        return user != null
                && password != null
                && (ADMIN.equals(user) || Party.ofUser(user).isPresent())
                && login.isRight(user, password);
    }

    @Override
    public boolean validateUserAndRole(
            @Nullable String user, @Nullable String password, Set<Role> roles, CheckType right) {
        // Without the address nothing can be said; the broker asks authorize.
        return false;
    }
}
