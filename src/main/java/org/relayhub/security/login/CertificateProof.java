package org.relayhub.security.login;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.relayhub.message.Party;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.www.BasicAuthenticationConverter;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What a client certificate proves. One that comes with a request must prove a party, and the one that HTTP Basic names,
 * if it names any: a proof that fails is never passed over in favour of another one.
 */
public final class CertificateProof extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger(CertificateProof.class);

    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private final AuthenticationEntryPoint challenge;
    private final BasicAuthenticationConverter basic = new BasicAuthenticationConverter();

    /** @param challenge what a request gets whose certificate does not prove what it should */
    public CertificateProof(AuthenticationEntryPoint challenge) {
        this.challenge = challenge;
    }

    /**
     * The user that a certificate names: its subject's only common name is a party, in upper or lower case as in
     * {@code CN=CRM-250}.
     *
     * @return empty if it names none
     */
    public static String user(X509Certificate certificate) {
        List<String> names = commonNames(certificate);
        if (names.size() != 1) {
            return "";
        }
        String name = names.get(0);
        try {
            Party party = Party.of(name.toUpperCase(java.util.Locale.ROOT));
            return name.equals(party.toString()) || name.equals(party.user()) ? party.user() : "";
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Read part by part: taken for one text, the value of another part could pass for a common name. */
    private static List<String> commonNames(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                Attribute common = part.toAttributes().get("CN");
                for (int i = 0; common != null && i < common.size(); i++) {
                    names.add(String.valueOf(common.get(i)));
                }
            }
        } catch (NamingException e) {
            log.debug("A certificate's subject cannot be read", e);
            return List.of();
        }
        return names;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!(request.getAttribute(CERTIFICATES) instanceof X509Certificate[] sent) || sent.length == 0) {
            chain.doFilter(request, response);
            return;
        }
        Authentication proved = SecurityContextHolder.getContext().getAuthentication();
        try {
            if (proved == null) {
                throw new BadCredentialsException("the certificate proves no party");
            }
            Authentication named = basic.convert(request);
            if (named != null && !named.getName().equals(proved.getName())) {
                throw new BadCredentialsException("the certificate proves another party than HTTP Basic names");
            }
        } catch (AuthenticationException e) {
            log.warn(
                    "Security event: refused a client certificate of {} from {}: {}",
                    new PrintableName(String.join(" ", commonNames(sent[0]))),
                    request.getRemoteAddr(),
                    e.getMessage());
            SecurityContextHolder.clearContext();
            challenge.commence(request, response, e);
            return;
        }
        chain.doFilter(request, response);
    }
}
