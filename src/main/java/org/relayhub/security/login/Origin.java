package org.relayhub.security.login;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Where a login comes from and whom it names: what failed logins are counted by.
 *
 * @param address the network address; of IPv6 the first 64 bits, since whoever has one address there has them all
 * @param user the user, cut off where no name is that long
 */
record Origin(String address, String user) {

    /** What a caller sends must not fill the memory. */
    private static final int LONGEST = 64;

    private static final int NETWORK_BYTES = 8;

    static Origin of(Authentication login) {
        String address =
                login.getDetails() instanceof WebAuthenticationDetails details ? details.getRemoteAddress() : "";
        return new Origin(network(address), cut(login.getName()));
    }

    private static String network(String address) {
        // Only a literal has a colon, so that no name is ever looked up.
        if (address.indexOf(':') < 0) {
            return cut(address);
        }
        try {
            return InetAddress.getByName(address) instanceof Inet6Address v6
                    ? HexFormat.of().formatHex(v6.getAddress(), 0, NETWORK_BYTES) + "::/64"
                    : cut(address);
        } catch (UnknownHostException e) {
            return cut(address);
        }
    }

    private static String cut(String value) {
        return value.length() <= LONGEST ? value : value.substring(0, LONGEST);
    }
}
