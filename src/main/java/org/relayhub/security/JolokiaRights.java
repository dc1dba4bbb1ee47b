package org.relayhub.security;

import java.util.Set;
import javax.management.ObjectName;
import org.jolokia.server.core.restrictor.policy.PolicyRestrictor;
import org.jolokia.server.core.service.api.Restrictor;
import org.jolokia.server.core.util.HttpMethod;
import org.jolokia.server.core.util.RequestType;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * What a caller may do with the management beans, over {@code /actuator/jolokia} and so in Hawtio. The shipped
 * {@code jolokia-access.xml} is the limit for everybody; within it, whoever is not an admin only reads, and sees no
 * message.
 */
final class JolokiaRights implements Restrictor {

    /** Operations that show how routes are made and how they run, and which beans there are: nothing of any message. */
    private static final Set<String> READ_ONLY = Set.of(
            "dumpRoutesAsXml",
            "dumpRoutesAsYaml",
            "dumpRouteAsXml",
            "dumpRouteAsYaml",
            "dumpRoutesStatsAsXml",
            "dumpRouteStatsAsXml",
            "dumpStepStatsAsXml",
            "dumpAllThreads",
            "list",
            "canInvoke",
            // of the hub's own beans: what they say is masked as elsewhere
            "story",
            "find",
            "waiting");

    private final PolicyRestrictor policy;

    JolokiaRights(PolicyRestrictor policy) {
        this.policy = policy;
    }

    @Override
    public boolean isHttpMethodAllowed(HttpMethod method) {
        return policy.isHttpMethodAllowed(method);
    }

    @Override
    public boolean isTypeAllowed(RequestType type) {
        // A subscription leaves something behind in the hub, and no rule of the policy covers it.
        return type != RequestType.NOTIFICATION && policy.isTypeAllowed(type);
    }

    @Override
    public boolean isAttributeReadAllowed(ObjectName name, String attribute) {
        return policy.isAttributeReadAllowed(name, attribute);
    }

    @Override
    public boolean isAttributeWriteAllowed(ObjectName name, String attribute) {
        return mayChange() && policy.isAttributeWriteAllowed(name, attribute);
    }

    @Override
    public boolean isOperationAllowed(ObjectName name, String operation) {
        // It comes with or without its signature, as in dumpRoutesAsXml(boolean).
        int signature = operation.indexOf('(');
        String plain = signature < 0 ? operation : operation.substring(0, signature);
        return (READ_ONLY.contains(plain) || mayChange()) && policy.isOperationAllowed(name, plain);
    }

    /** Only an admin, and only by POST: a GET needs no CSRF token, so that any page could send it in an admin's name. */
    private static boolean mayChange() {
        return Caller.current().admin()
                && RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
                && request.getRequest().getMethod().equals("POST");
    }

    @Override
    public boolean isRemoteAccessAllowed(String... hostOrAddress) {
        return policy.isRemoteAccessAllowed(hostOrAddress);
    }

    /** No page of another origin may read an answer. Whether it may ask at all, the CSRF token decides. */
    @Override
    public boolean isOriginAllowed(String origin, boolean strictCheck) {
        return strictCheck;
    }

    @Override
    public boolean isObjectNameHidden(ObjectName name) {
        return policy.isObjectNameHidden(name);
    }
}
