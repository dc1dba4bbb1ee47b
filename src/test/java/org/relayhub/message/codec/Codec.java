package org.relayhub.message.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Fault;
import org.springframework.core.io.ClassPathResource;

/** The codec on the schemas that the hub ships, on a day when the samples are in force. */
public final class Codec {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T02:15:00Z"), ZoneOffset.UTC);

    private Codec() {}

    public static DocumentReader reader() {
        return new DocumentReader(new DocumentSchema(new ClassPathResource("schemas/")), CLOCK);
    }

    /** @param code null if there must be no fault */
    static void assertFault(@Nullable Fault fault, @Nullable String code, String element) {
        if (code == null) {
            assertThat(fault).isNull();
            return;
        }
        assertThat(fault).isNotNull();
        assertThat(fault.code()).as(fault.description()).isEqualTo(code);
        assertThat(fault.description()).startsWith(element);
        assertThat(fault.description().substring(element.length())).matches("(:| or ).*");
    }
}
