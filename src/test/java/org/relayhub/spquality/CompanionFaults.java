package org.relayhub.spquality;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A right file under a right name, whose companion is malformed or has another digest. */
final class CompanionFaults {

    private static final String OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private final String name;
    private final byte[] content;
    private final List<BrokenFile> all = new ArrayList<>();

    CompanionFaults(YearMonth month) {
        name = FileText.ofProvince(month).name();
        content = BrokenFiles.right(month);
    }

    List<BrokenFile> make() {
        String digest = BrokenFile.of("", "CRM-250", name, content).digest();
        String right = digest + "  " + name + "\n";
        malformed("nothing in it", "");
        malformed("a line end only", "\n");
        malformed("the digest only", digest);
        malformed("the name only", name);
        malformed("63 digits", right.substring(1));
        malformed("65 digits", "0" + right);
        malformed("a letter that is no digit", "g" + right.substring(1));
        malformed("no blank", digest + name);
        malformed("one blank", digest + " " + name);
        malformed("three blanks", digest + "   " + name);
        malformed("a tab", digest + "\t" + name);
        malformed("a star for the second blank", digest + " *" + name);
        malformed("a blank before it", " " + right);
        malformed("a blank behind the name", digest + "  " + name + " ");
        malformed("a BOM", "\u00EF\u00BB\u00BF" + right);
        malformed("NUL behind it", right + "\0");
        malformed("another name", right.replace("_001", "_002"));
        malformed("a name with a path", digest + "  ./" + name);
        malformed("a name with an absolute path", digest + "  /upload/" + name);
        malformed("a name in small letters", digest + "  " + name.toLowerCase(Locale.ROOT));
        malformed("the companion's own name", digest + "  " + name + ".sha256");
        malformed("two lines", right + right);
        malformed("a blank line behind it", right + "\n");
        malformed("name and digest in the other order", name + "  " + digest);
        malformed("the BSD form", "SHA256 (" + name + ") = " + digest);
        malformed("a scheme before it", "sha256:" + right);
        malformed("MD5", digest.substring(0, 32) + "  " + name);
        malformed("SHA-512", digest + digest + "  " + name);
        malformed("Base64", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=  " + name);
        malformed("binary digest", "\u00E3\u00B0\u00C4\u0000\u00FF".repeat(6) + "  " + name);
        malformed("colons between digits", digest.replaceAll("(..)(?=.)", "$1:") + "  " + name);
        malformed("UTF-16", right.replaceAll("(?s)(.)", "\0$1"));
        malformed("1 MiB of digits", "a".repeat(1 << 20));
        malformed("the right line and 1 MiB behind it", right + "x".repeat(1 << 20));
        malformed("HTML", "<html><body>404</body></html>");
        differs("another digit", (digest.startsWith("0") ? "1" : "0") + digest.substring(1));
        differs("the digest of an empty file", OF_NOTHING);
        differs("zeros", "0".repeat(64));
        differs("the digest backwards", new StringBuilder(digest).reverse().toString());
        return all;
    }

    private void malformed(String description, String companion) {
        all.add(BrokenFile.of("companion: " + description, "CRM-250", name, content, "F01")
                .withCompanion(companion));
    }

    private void differs(String description, String digest) {
        all.add(BrokenFile.of("checksum: " + description, "CRM-250", name, content, "F02")
                .withCompanion(digest + "  " + name + "\n"));
    }
}
