package org.relayhub.delivery.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.relayhub.Messages;
import org.relayhub.message.Activity;
import org.relayhub.message.Body;
import org.relayhub.message.Fault;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.Party;
import org.relayhub.message.RefusalException;
import org.relayhub.message.Response;
import org.relayhub.message.codec.BodyText;
import org.relayhub.message.codes.CodeTable;
import org.relayhub.message.codes.ResponseCodes;

class PeerAnswerTest {

    private static final String WANTED = "AlignRsp";
    private static final Body ALIGNED = BodyText.of(WANTED, Map.of("State", "ACTIVE"));

    private final ResponseCodes codes = new ResponseCodes(CodeTable.read(Messages.SCHEMAS, "response-codes"));

    private static PeerAnswer answer(String type, String code, @Nullable Body body, @Nullable Fault bodyFault) {
        var header = Messages.request(Activity.ALIGN, Party.HUB, Party.of("MVID-000"), Map.of("MSISDN", "10025000001"))
                .document()
                .header()
                .answered("P1", "20261122093001");
        return new PeerAnswer.Answered(
                new InterBossDocument(header, new Response(type, code, "words"), body, null, bodyFault));
    }

    @Test
    void an_answer_with_the_body_that_was_asked_for_is_one() {
        assertThat(answer("0", "0000", ALIGNED, null).whyNot(WANTED)).isEmpty();
        assertThat(answer("0", "0000", ALIGNED, null).isFinalRefusal(codes)).isFalse();
    }

    @Test
    void the_partys_own_words_are_for_the_sender_and_not_for_a_log() {
        Fault fault =
                answer("2", "2998", null, null).whyNot(WANTED).orElseThrow().of("MVID-000");

        assertThat(fault.description()).isEqualTo("MVID-000: words");
        assertThat(fault.loggable()).isEqualTo("2998");
        assertThat(new RefusalException(fault)).hasMessage("2998");
        assertThat(new Fault("0108", "its answer has no AlignRsp")
                        .of("MVID-000")
                        .loggable())
                .isEqualTo("0108 MVID-000: its answer has no AlignRsp");
    }

    @Test
    void any_other_says_why_not() {
        assertThat(answer("2", "2998", null, null).whyNot(WANTED)).hasValue(Fault.quoting("2998", "words"));
        assertThat(answer("0", "0000", null, null).whyNot(WANTED))
                .hasValue(new Fault("0108", "its answer has no AlignRsp"));
        assertThat(answer("0", "0000", ALIGNED, null).whyNot("RepairRsp"))
                .hasValue(new Fault("0108", "its answer has no RepairRsp"));
        assertThat(answer("0", "0000", ALIGNED, new Fault("4002", "State: is none"))
                        .whyNot(WANTED))
                .hasValue(new Fault("0108", "its answer breaks the schema: State: is none"));
        assertThat(new PeerAnswer.Failed("0114", "late").whyNot(WANTED)).hasValue(new Fault("0114", "late"));
        assertThat(new PeerAnswer.NotTried("0132", "open").whyNot(WANTED)).hasValue(new Fault("0132", "open"));
        assertThat(new PeerAnswer.Stored().whyNot(WANTED)).isPresent();
    }

    @Test
    void only_a_code_that_would_come_again_is_a_refusal_for_good() {
        assertThat(answer("2", "2998", null, null).isFinalRefusal(codes)).isTrue();
        assertThat(answer("1", "0113", null, null).isFinalRefusal(codes)).isFalse();
        assertThat(answer("2", "7777", null, null).isFinalRefusal(codes))
                .as("of the business")
                .isTrue();
        assertThat(answer("1", "7777", null, null).isFinalRefusal(codes))
                .as("of a system")
                .isFalse();
        assertThat(new PeerAnswer.Failed("0114", "late").isFinalRefusal(codes)).isFalse();
    }

    @Test
    void what_was_not_sent_is_not_there() {
        assertThat(new PeerAnswer.NotTried("0132", "open").mayHaveIt()).isFalse();
        assertThat(new PeerAnswer.Failed("0114", "refused", false).mayHaveIt()).isFalse();
        assertThat(new PeerAnswer.Failed("0114", "late").mayHaveIt()).isTrue();
        assertThat(new PeerAnswer.Stored().mayHaveIt()).isTrue();
    }
}
