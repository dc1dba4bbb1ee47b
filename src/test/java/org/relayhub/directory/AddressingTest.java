package org.relayhub.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.relayhub.message.Activity.COMMENT;
import static org.relayhub.message.Activity.DISPATCH;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.relayhub.Messages;
import org.relayhub.message.Activity;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.InboundDocument;
import org.relayhub.message.Party;
import org.relayhub.message.RefusalException;
import org.relayhub.message.codec.DocumentWriter;
import org.springframework.core.io.FileSystemResource;

/** The way of a document, with the parties, links and number segments that come with the hub. */
class AddressingTest {

    private static final String TICKET = "20261122CSVC2500000001";
    private static final String OF_JIANGSU = "13800000000";
    private static final String UNKNOWN = "19999999999";

    private final Addressing addressing;

    AddressingTest() throws IOException {
        addressing = new Addressing(
                new DirectoryFiles(new FileSystemResource("adapters/"), Messages.SCHEMAS, true, Duration.ofSeconds(30))
                        .read(),
                Messages.CODES,
                new DocumentWriter());
    }

    private AddressedMessage address(AddressedMessage sent) {
        return addressing.address(new InboundDocument(sent.document(), "test", null));
    }

    private AddressedMessage byNumber(Activity activity, String from, String domain, String number) {
        return Messages.byNumber(activity, Party.of(from), new Party(domain, "000"), TICKET, number);
    }

    private void assertRefused(AddressedMessage sent, String code, String element) {
        assertThatThrownBy(() -> address(sent))
                .isInstanceOf(RefusalException.class)
                .hasMessageStartingWith(code + " " + element + ": ")
                .hasMessageNotContainingAny(OF_JIANGSU, UNKNOWN);
    }

    @Test
    void a_number_names_the_party_of_its_home_province() {
        AddressedMessage sent = byNumber(DISPATCH, "SIMS-000", "SIMS", OF_JIANGSU);

        AddressedMessage addressed = address(sent);

        assertThat(addressed.home()).isEqualTo(Party.of("SIMS-250"));
        assertThat(addressed.canonical()).as("passed on as it came").isEqualTo(sent.canonical());
        assertThat(address(byNumber(DISPATCH, "CRM-250", "NETW", OF_JIANGSU)).home())
                .isEqualTo(Party.of("NETW-250"));
        assertThat(address(byNumber(COMMENT, "CSVC-000", "CRM", OF_JIANGSU)).home())
                .isEqualTo(Party.of("CRM-250"));
    }

    @Test
    void a_node_names_the_party_as_before() {
        assertThat(address(Messages.message(DISPATCH, Party.of("SIMS-000"), Party.of("SIMS-431"), TICKET))
                        .home())
                .isEqualTo(Party.of("SIMS-431"));
    }

    @Test
    void a_number_that_no_segment_holds_is_0104() {
        assertRefused(byNumber(DISPATCH, "SIMS-000", "SIMS", UNKNOWN), "0104", "RouteValue");
    }

    @Test
    void a_domain_without_a_party_in_the_numbers_province_is_0104() {
        for (String national : new String[] {"CSVC", "HUB", "ABCD"}) {
            assertRefused(byNumber(DISPATCH, "CRM-250", national, OF_JIANGSU), "0104", "HomeDomain");
        }
        assertRefused(byNumber(DISPATCH, "CSVC-000", "MVID", OF_JIANGSU), "0104", "HomeDomain");
        assertThatThrownBy(() -> address(byNumber(DISPATCH, "CRM-250", "CSVC", OF_JIANGSU)))
                .as("says what to do")
                .hasMessageContaining("RouteType 00");
    }

    @Test
    void links_hold_for_the_party_that_a_number_names() {
        assertRefused(byNumber(DISPATCH, "CRM-431", "NETW", OF_JIANGSU), "0104", "HomeDomain");
        assertRefused(byNumber(DISPATCH, "SIMS-250", "SIMS", OF_JIANGSU), "0129", "RouteValue");
        assertRefused(byNumber(Activity.QUERY, "SIMS-000", "SIMS", OF_JIANGSU), "2905", "ActivityCode");
    }

    @Test
    void a_sender_that_is_not_connected_hears_of_that_before_its_way_is_looked_for() {
        assertRefused(byNumber(DISPATCH, "ABCD-250", "SIMS", UNKNOWN), "0118", "OrigDomain");
    }
}
