package org.relayhub.security;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.relayhub.message.Party;
import org.relayhub.security.Identities.Identity;
import org.springframework.core.io.Resource;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Reads the file that {@code hub.security.identities} names. Whatever is wrong with it stops the start. */
final class IdentitiesFile {

    private static final Pattern BCRYPT = Pattern.compile("\\{bcrypt}\\$2[aby]\\$\\d\\d\\$[./A-Za-z0-9]{53}");
    private static final int RANDOM_BYTES = 32;

    private final Resource file;
    private final PasswordEncoder encoder;
    /** Of a party that proves itself by a certificate only: a hash takes as long to check as any, and never is right. */
    private final String nobodysPassword;

    /** @param encoder knows the hashes of the file */
    IdentitiesFile(Resource file, PasswordEncoder encoder) {
        this.file = file;
        this.encoder = encoder;
        byte[] thrownAway = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(thrownAway);
        this.nobodysPassword = encoder.encode(HexFormat.of().formatHex(thrownAway));
    }

    /** @throws UnsafeIdentitiesException if the file cannot be read, has a faulty line or a demo password */
    Identities read() {
        Map<String, Identity> identities = new TreeMap<>();
        try (Reader reader = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8);
                CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(reader)) {
            for (NamedCsvRecord line : csv) {
                Identity identity = identity(line);
                if (identities.put(identity.user(), identity) != null) {
                    throw fault(line, "the user " + identity.user() + " stands twice");
                }
            }
        } catch (IOException | CsvParseException e) {
            throw new UnsafeIdentitiesException("The identities cannot be read from " + file.getDescription() + ".", e);
        }
        if (identities.isEmpty()) {
            throw new UnsafeIdentitiesException("No identity stands in " + file.getDescription() + ".");
        }
        refuseDemoPasswords(identities);
        return new Identities(identities);
    }

    private Identity identity(NamedCsvRecord line) {
        String user = column(line, "user");
        Role role = Role.of(column(line, "role"))
                .filter(known -> known != Role.HUB)
                .orElseThrow(() -> fault(line, "the role is none of party, viewer, operator and admin"));
        if (role == Role.PARTY && !namesParty(user)) {
            throw fault(line, "the user is no party's name in lower case, as in crm-250");
        }
        if (role == Role.PARTY
                && line.findField("password_hash").filter(String::isBlank).isPresent()) {
            return new Identity(user, role, nobodysPassword);
        }
        String hash = column(line, "password_hash");
        if (!BCRYPT.matcher(hash).matches()) {
            throw fault(line, "the password_hash is not of the form {bcrypt}$2a$…");
        }
        return new Identity(user, role, hash);
    }

    private String column(NamedCsvRecord line, String name) {
        return line.findField(name)
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> fault(line, "the column " + name + " is missing or empty"));
    }

    private static boolean namesParty(String user) {
        try {
            return Party.of(user.toUpperCase(java.util.Locale.ROOT)).user().equals(user);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void refuseDemoPasswords(Map<String, Identity> identities) {
        // Each check is meant to be slow, so all processors share them.
        List<String> open = identities.values().parallelStream()
                .filter(identity -> encoder.matches(Identities.DEMO_PASSWORD, identity.passwordHash()))
                .map(Identity::user)
                .toList();
        if (!open.isEmpty()) {
            throw new UnsafeIdentitiesException("The password demo belongs to the standalone profile, and is that of "
                    + String.join(", ", open) + " in " + file.getDescription() + ".");
        }
    }

    private UnsafeIdentitiesException fault(NamedCsvRecord line, String fault) {
        return new UnsafeIdentitiesException(
                file.getDescription() + ", line " + line.getStartingLineNumber() + ": " + fault + ".");
    }
}
