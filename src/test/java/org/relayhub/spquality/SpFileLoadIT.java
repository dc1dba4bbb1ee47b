package org.relayhub.spquality;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.Programs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A province's file is taken in at no less than half the speed of psql's {@code \copy}, with a heap of 512 MiB. The figure of
 * docs/operations.md: {@code mvn verify -Dtest=NONE -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=SpFileLoadIT
 * -Dsp.lines=10000000}.
 */
@Tag("measured")
class SpFileLoadIT {

    private static final Logger log = LoggerFactory.getLogger(SpFileLoadIT.class);

    private static final Pattern RATIO = Pattern.compile("ratio spfile/copy ([0-9.]+)");
    private static final String LINES = System.getProperty("sp.lines", "300000");
    private static final String ROUNDS = System.getProperty("sp.rounds", "5");

    @Test
    void a_file_is_checked_and_loaded_at_half_the_speed_of_a_mere_copy(@TempDir Path folder) throws Exception {
        Programs.require("psql");
        run(List.of(
                "examples/sp-quality/generate",
                "--out",
                folder.toString(),
                "--month",
                "201209",
                "--provinces",
                "250",
                "--partners",
                "0",
                "--lines",
                LINES));
        String said = run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dsp.rounds=" + ROUNDS,
                "-Dlogback.configurationFile=src/test/logging.xml",
                "-cp",
                System.getProperty("java.class.path"),
                SpFileLoad.class.getName(),
                folder.resolve("CRM-250/upload/SPQ_250_201209_001.txt").toString(),
                folder.resolve("rows.txt").toString()));

        log.info("{}", said);
        Matcher ratio = RATIO.matcher(said);
        assertThat(ratio.find()).as(said).isTrue();
        assertThat(Double.parseDouble(ratio.group(1))).isGreaterThanOrEqualTo(0.5);
    }

    private static String run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
