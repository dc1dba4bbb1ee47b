package org.relayhub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The indicators that docs/indicators.md names. */
final class Indicators {

    private static final Pattern ROW = Pattern.compile("^\\| `([a-z0-9_]+)`", Pattern.MULTILINE);

    private Indicators() {}

    /** The names, in Prometheus's form. */
    static Set<String> documented() throws IOException {
        Set<String> names = new TreeSet<>();
        Matcher rows = ROW.matcher(Files.readString(Path.of("docs", "indicators.md")));
        while (rows.find()) {
            names.add(rows.group(1));
        }
        return names;
    }
}
