package org.relayhub;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What of the tests' messages must be in no log: whose number, whose name, and what a complaint says. */
final class PersonalData {

    /** What test peers say of a customer where they refuse something. */
    static final String WORDS = "客户张三 13800138000 没有开通";

    private static final Pattern MOBILE = Pattern.compile("(?<![0-9A-Za-z.])1[0-9]{10}(?![0-9A-Za-z])");
    private static final Pattern FIXED = Pattern.compile("(?<![0-9A-Za-z.])0[1-9][0-9]{8,10}(?![0-9A-Za-z])");

    /** The hub's own lines are English: names and contents are all that is Chinese in tests, examples and samples. */
    private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");

    /** Members of staff in tests, examples and samples. */
    private static final Pattern STAFF = Pattern.compile("\\b(A001|KF001|NJ0017|JS0203|HZ0017|10086001)\\b");

    /** A document, or a part of one. */
    private static final Pattern DOCUMENT = Pattern.compile("<(InterBOSS|SvcCont|MSISDN|SubsName|CallerNo)\\b");

    /** Numbers that tests and examples name, which are found whatever stands beside them. */
    private static final Set<String> NUMBERS = Stream.of(Path.of("src", "test"), Path.of("examples"))
            .flatMap(PersonalData::numbers)
            .collect(Collectors.toUnmodifiableSet());

    private PersonalData() {}

    private static Stream<String> numbers(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList().stream()
                    .flatMap(file -> MOBILE.matcher(text(file)).results())
                    .map(MatchResult::group);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a file says, whatever bytes it has. */
    static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a line of a log has any. */
    static boolean isIn(String line) {
        return Stream.of(MOBILE, FIXED, CHINESE, STAFF, DOCUMENT)
                        .anyMatch(pattern -> pattern.matcher(line).find())
                || NUMBERS.stream().anyMatch(line::contains);
    }
}
