package org.relayhub;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.codes.BrokenFileException;
import org.relayhub.spquality.file.Checked;
import org.relayhub.spquality.file.CompanionFile;
import org.relayhub.spquality.file.Fault;
import org.relayhub.spquality.file.FileCheck;
import org.relayhub.spquality.file.FileName;
import org.relayhub.spquality.file.RowWriter;
import org.relayhub.spquality.file.Sender;
import org.springframework.boot.system.ApplicationHome;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

/**
 * {@code java -jar relay-hub.jar sp-check FILE}: checks a monthly SP file as the hub will, before it is sent. Prints what
 * the receipt would say; ends with 0 if the file is right, 1 if it has faults, 2 if it could not be checked.
 */
final class CheckCommand {

    static final String NAME = "sp-check";

    private static final int RIGHT = 0;
    private static final int FAULTY = 1;
    private static final int WRONG_USE = 2;

    private static final String USAGE = """
            Usage: java -jar relay-hub.jar sp-check FILE

            Checks a monthly SP service-quality file (SPQ_250_201209_001.txt or SPS_901234_201209_001.txt) as the hub will.
            A companion FILE.sha256 beside it is checked, too; without one only the file is.
            Prints the receipt that the hub would write: A|… and ends with 0 if the file is right; a line for each fault,
            line|field|code|what was expected, and ends with 1 if it is not. Ends with 2 if it could not be checked.
            """;

    private CheckCommand() {}

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.size() != 1 || arguments.get(0).startsWith("-")) {
            boolean asked = arguments.equals(List.of("-h")) || arguments.equals(List.of("--help"));
            (asked ? out : err).print(USAGE);
            return asked ? RIGHT : WRONG_USE;
        }
        Path file = Path.of(arguments.get(0));
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            err.println(file + " is no file that can be read.");
            return WRONG_USE;
        }
        try {
            var check = new FileCheck(schemas(), Clock.systemUTC());
            return check(check, file, out, err);
        } catch (IOException | BrokenFileException e) {
            err.println(file + " could not be checked: " + e.getMessage());
            return WRONG_USE;
        }
    }

    private static int check(FileCheck check, Path file, PrintStream out, PrintStream err) throws IOException {
        String name = String.valueOf(file.getFileName());
        Sender sender = FileName.parse(name).map(Sender::of).orElse(new Sender("?"));
        String companion = companion(file);
        Checked checked;
        try (InputStream content = Files.newInputStream(file)) {
            checked = check.check(name, sender, companion == null ? "" : companion, content, RowWriter.NONE, false);
        }
        if (companion == null && checked.sha256().length() > 0) {
            checked =
                    checked.without(fault -> fault.line() == 0 && fault.field().equals(Fault.COMPANION));
            err.println("No companion: make it with  sha256sum " + name + " > " + name + FileName.COMPANION);
        }
        PrintStream receipt = new PrintStream(out, false, StandardCharsets.UTF_8);
        receipt.print(
                checked.isRight()
                        ? checked.acknowledgement(name, Clock.systemUTC().instant())
                        : checked.refusal());
        receipt.flush();
        return checked.isRight() ? RIGHT : FAULTY;
    }

    private static @Nullable String companion(Path file) throws IOException {
        Path companion = file.resolveSibling(file.getFileName() + FileName.COMPANION);
        if (!Files.exists(companion)) {
            return null;
        }
        try (InputStream content = Files.newInputStream(companion)) {
            return new String(content.readNBytes(CompanionFile.LONGEST), StandardCharsets.UTF_8);
        }
    }

    /** Those beside the jar, if there are any, as for the hub. */
    private static Resource schemas() {
        Path beside =
                new ApplicationHome(HubApplication.class).getDir().toPath().resolve("schemas");
        return Files.isDirectory(beside) ? new FileSystemResource(beside + "/") : new ClassPathResource("schemas/");
    }
}
