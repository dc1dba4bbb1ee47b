package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.relayhub.message.Activity.DISPATCH;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Media;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relayhub.message.Party;

/** The console, in a browser, as a person on call uses it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleIT {

    private static final Party CRM = Party.of("CRM-250");
    private static final Party CSVC = Party.of("CSVC-000");
    private static final String WAITS = "20261122CSVC2500000001";
    private static final String NUMBER = "13800000000";
    /** With {@code -Dconsole.pictures=docs/console} the pictures of the docs are made anew. */
    private static final String PICTURES = "console.pictures";

    private static final int MOST_CLICKS = 4;

    private final RecordingPeer csvc = new RecordingPeer();
    private final HubProcess hub;
    private final Path pictures;
    private Browser browser;

    ConsoleIT(@TempDir Path folder) throws IOException {
        var adapters = new Adapters(
                folder,
                Adapters.packaged()
                        .replace(
                                "  CSVC-000:\n",
                                "  CSVC-000:\n    timeout: 2s\n    address: " + csvc.address() + "\n"));
        String to = System.getProperty(PICTURES);
        pictures = Files.createDirectories(to == null ? folder.resolve("pictures") : Path.of(to));
        hub = new HubProcess(
                folder,
                List.of(
                        adapters.setting(),
                        "--hub.standalone.simulation.sample-every=0s",
                        "--hub.delivery.retry.first=100ms",
                        "--hub.delivery.retry.give-up-after=1s",
                        "--hub.delivery.circuit.open-for=500ms"));
    }

    @BeforeAll
    void aTicketThatWaits() throws Exception {
        browser = new Browser(hub.port());
        csvc.answering(arrival -> "");
        dispatch(WAITS);
        awaitDead(1);
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
        hub.close();
        csvc.close();
    }

    private void dispatch(String ticket) throws Exception {
        String document = Messages.message(DISPATCH, CRM, CSVC, ticket).canonical();
        assertThat(new SoapCaller(hub.port()).send("crm-250", document).code()).isEqualTo("0000");
    }

    private void awaitDead(int count) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> hub.json("/api/deliveries?state=dead").at("/items").size() >= count);
    }

    @Test
    void a_ticket_is_found_by_its_number_and_says_where_it_waits() {
        try (Browser.Reader viewer = browser.reader().logIn("viewer")) {
            viewer.page().locator("header input[name=q]").fill(NUMBER);
            viewer.click(viewer.page().locator("header form.find button"));
            viewer.clickLink(WAITS);

            assertThat(viewer.clicks()).isLessThanOrEqualTo(MOST_CLICKS);
            assertThat(viewer.text())
                    .contains("现在谁手里", "CSVC-000", "已放弃，等人处理", "投诉派发")
                    .doesNotContain(NUMBER);
            assertThat(viewer.page().locator("svg .lane text").allTextContents())
                    .containsExactly("CRM-250", "hub-1", "CSVC-000");
            assertThat(viewer.page().locator("svg .arrow.failed").count()).isPositive();
            assertThat(viewer.page().locator("svg .arrow.dead").count()).isEqualTo(1);
            assertThat(viewer.complaints()).isEmpty();
        }
    }

    @Test
    void a_dead_letter_is_resent_and_delivered() throws Exception {
        String ticket = "20261122CSVC2500000002";
        csvc.answering(arrival -> arrival.indictSeq().equals(ticket) ? "" : "0000");
        dispatch(ticket);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> hub.get("/api/deliveries?state=dead").contains(ticket));
        csvc.answering(arrival -> arrival.indictSeq().equals(WAITS) ? "" : "0000");
        try (Browser.Reader operator = browser.reader().logIn("operator")) {
            operator.click(operator.page().locator("ul.tiles a", new Page.LocatorOptions().setHasText("死信")));
            operator.click(operator.page()
                    .locator("tr", new Page.LocatorOptions().setHasText(ticket))
                    .locator("input[name=id]"));
            operator.page().locator("input[name=reason]").fill("peer is back");
            operator.click(operator.page()
                    .getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName("重发").setExact(true)));

            assertThat(operator.clicks()).isLessThanOrEqualTo(MOST_CLICKS);
            assertThat(operator.text()).contains("已处理1条", "peer is back");
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                operator.page().navigate("/tickets/" + ticket);
                assertThat(operator.page().locator("svg .arrow.taken").count()).isEqualTo(2);
            });
            operator.page().navigate("/audit");
            assertThat(operator.text()).contains("operator", "重发", "peer is back");
            assertThat(operator.complaints()).isEmpty();
        }
    }

    @Test
    void a_party_is_suspended_its_lane_fills_and_it_is_resumed() throws Exception {
        String ticket = "20261122CSVC2500000003";
        try (Browser.Reader operator = browser.reader().logIn("operator")) {
            operator.clickLink("接入方");
            operator.click(operator.page()
                    .locator("main")
                    .getByText("SIMS-000", new com.microsoft.playwright.Locator.GetByTextOptions().setExact(true)));
            operator.page().locator("input[name=reason]").fill("maintenance");
            operator.click(operator.page()
                    .getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName("暂停").setExact(true)));

            assertThat(operator.clicks()).isLessThanOrEqualTo(MOST_CLICKS);
            assertThat(operator.text()).contains("由operator暂停：maintenance");

            dispatch(ticket);
            String document = Messages.message(DISPATCH, CSVC, Party.of("SIMS-000"), ticket)
                    .canonical();
            assertThat(new SoapCaller(hub.port()).send("csvc-000", document).code())
                    .isEqualTo("0000");
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                operator.page().reload();
                assertThat(operator.text()).contains(ticket);
            });
            operator.click(operator.page()
                    .getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName("恢复").setExact(true)));
            assertThat(operator.text()).doesNotContain("由operator暂停");
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                operator.page().reload();
                assertThat(operator.page()
                                .locator("tbody a[href*='" + ticket + "']")
                                .count())
                        .isZero();
            });
        }
    }

    @Test
    void the_missing_provinces_of_the_month_are_read() {
        try (Browser.Reader viewer = browser.reader().logIn("viewer")) {
            viewer.clickLink("SP月报");

            assertThat(viewer.page().locator("ul.map li").count()).isEqualTo(31);
            assertThat(viewer.page().locator("ul.map .t-missing").count()).isEqualTo(31);
            assertThat(viewer.text()).contains("还没有接收的省（31）", "江苏 250");

            viewer.click(viewer.page().locator("ul.map a", new Page.LocatorOptions().setHasText("江苏")));
            assertThat(viewer.text()).contains("这个省还没有报送");
            assertThat(viewer.clicks()).isLessThanOrEqualTo(MOST_CLICKS);
        }
    }

    @Test
    void the_months_report_is_read_fetched_and_printed() throws Exception {
        try (Browser.Reader viewer = browser.reader().logIn("viewer")) {
            viewer.clickLink("报表");
            Page page = viewer.page();

            assertThat(page.locator("table.report tbody tr").count())
                    .as("31 provinces and headquarters")
                    .isEqualTo(32);
            assertThat(page.locator("table.report tbody tr")
                            .filter(new Locator.FilterOptions().setHasText("江苏"))
                            .innerText())
                    .contains("250");
            for (String language : List.of("en", "zh")) {
                page.navigate("/report?lang=" + language);
                assertThat(page.locator("div.wide").evaluate("all => all.scrollWidth - all.clientWidth"))
                        .as("nothing is cut off at 1280 pixels")
                        .isEqualTo(0);
            }
            Download sheet = page.waitForDownload(() -> viewer.clickLink("CSV"));
            assertThat(viewer.clicks()).isLessThanOrEqualTo(MOST_CLICKS);
            assertThat(Files.readAllLines(sheet.path())).hasSize(34).anyMatch(line -> line.startsWith("250,"));

            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            for (String language : List.of("en", "zh")) {
                page.navigate("/report?lang=" + language);
                assertThat(page.locator("header").isVisible()).isFalse();
                assertThat(page.locator("main button").isVisible()).isFalse();
                byte[] paper = page.pdf(new Page.PdfOptions().setPreferCSSPageSize(true));
                assertThat(new String(paper, StandardCharsets.ISO_8859_1)
                                .lines()
                                .filter(line -> line.matches("/Count .*")))
                        .as("a page of figures and one that explains them")
                        .containsExactly("/Count 2");
            }
        }
    }

    @Test
    void the_language_is_changed_and_stays() {
        try (Browser.Reader viewer = browser.reader().logIn("viewer")) {
            viewer.page().navigate("/deliveries?state=dead");
            viewer.clickLink("English");
            assertThat(viewer.page().url()).contains("state=dead");
            assertThat(viewer.text()).contains("given up, waits for an operator");

            viewer.clickLink("Tickets");
            assertThat(viewer.page().locator("html").getAttribute("lang")).isEqualTo("en");
            viewer.clickLink("中文");
            assertThat(viewer.page().locator("h1").innerText()).isEqualTo("工单");
        }
    }

    @Test
    void a_viewer_has_no_button_and_is_refused_what_it_sends_all_the_same() {
        try (Browser.Reader viewer = browser.reader().logIn("viewer")) {
            viewer.page().navigate("/deliveries?state=dead");
            assertThat(viewer.page().locator("main button").allInnerTexts()).containsExactly("查找");
            assertThat(viewer.text()).contains("重发和丢弃需要操作员权限");

            Object status = viewer.page().evaluate("""
                    async () => {
                      const token = document.cookie.match(/XSRF-TOKEN=([^;]+)/)[1];
                      const answer = await fetch('/deliveries', {method: 'POST', redirect: 'manual',
                        body: new URLSearchParams({_csrf: token, act: 'RESEND', id: '1', reason: 'x'})});
                      return answer.status;
                    }""");
            assertThat(status).isEqualTo(403);
        }
    }

    @Test
    void the_page_now_follows_what_happens() throws Exception {
        try (Browser.Reader viewer = browser.reader().logIn("viewer")) {
            String before = viewer.page().locator("p.asof").first().innerText();

            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            !viewer.page().locator("p.asof").first().innerText().equals(before));
            assertThat(viewer.page().locator("#traffic canvas").count()).isEqualTo(1);
            assertThat(viewer.complaints()).isEmpty();
        }
    }

    @Test
    void hawtio_opens_without_another_login_and_a_viewer_only_reads_there() {
        try (Browser.Reader viewer = browser.reader().logIn("viewer")) {
            viewer.clickLink("Hawtio");
            viewer.page().waitForURL(Pattern.compile(".*/actuator/hawtio/.*"));
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                            viewer.page().locator("body").innerText())
                    .contains("Camel"));

            Object status = viewer.page().evaluate("""
                    async () => {
                      const token = document.cookie.match(/XSRF-TOKEN=([^;]+)/)[1];
                      const answer = await fetch('/actuator/hawtio/jolokia', {method: 'POST',
                        headers: {'Content-Type': 'application/json', 'X-XSRF-TOKEN': token},
                        body: JSON.stringify({type: 'exec', operation: 'stop()',
                          mbean: 'org.apache.camel:context=relay-hub,type=routes,name="relay"'})});
                      return (await answer.json()).status;
                    }""");
            assertThat(status).isEqualTo(403);
        }
    }

    @Test
    void nobody_sees_a_page_without_a_login_and_a_party_sees_none() {
        try (Browser.Reader nobody = browser.reader()) {
            nobody.page().navigate("/tickets/" + WAITS);
            assertThat(nobody.page().url()).endsWith("/login");

            nobody.page().locator("input[name=username]").fill("viewer");
            nobody.page().locator("input[name=password]").fill("wrong");
            nobody.page().locator("form.login button").click();
            assertThat(nobody.text()).contains("用户名或口令不对");

            nobody.page().locator("input[name=username]").fill("viewer");
            nobody.page().locator("input[name=password]").fill("demo");
            nobody.page().locator("form.login button").click();
            // The page that was wanted.
            nobody.page().waitForURL("**/tickets/" + WAITS + "**");

            nobody.page().locator("header form button.quiet").click();
            assertThat(nobody.text()).contains("已退出");
            nobody.page().navigate("/tickets");
            assertThat(nobody.page().url()).endsWith("/login");
        }
        try (Browser.Reader party = browser.reader()) {
            party.page().navigate("/login");
            party.page().locator("input[name=username]").fill("crm-250");
            party.page().locator("input[name=password]").fill("demo");
            party.page().locator("form.login button").click();
            party.page().waitForLoadState();
            assertThat(party.page().content()).doesNotContain("条待投递");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "login,/login",
        "now,/",
        "tickets,/tickets",
        "ticket,/tickets/" + WAITS,
        "deliveries,/deliveries",
        "parties,/parties",
        "party,/parties/CSVC-000",
        "sp-month,/sp-month",
        "sp-province,/sp-month/202610/250",
        "report,/report",
        "audit,/audit",
        "problem,/tickets/20200101CSVC2500000000"
    })
    void every_page_can_be_used_by_everybody_and_at_the_width_of_a_phone(String name, String path) {
        try (Browser.Reader operator = browser.reader().logIn("operator")) {
            for (String language : List.of("en", "zh")) {
                operator.page().navigate(path + "?lang=" + language);
                operator.page().waitForLoadState();
                assertThat(operator.barriers()).as(name).isEmpty();
                operator.picture(pictures.resolve(name + (language.equals("zh") ? "" : "-en") + ".png"));
                assertThat(operator.page().content()).as("a word is missing").doesNotContain("??");
            }
            operator.page().setViewportSize(390, 800);
            operator.page().reload();
            assertThat(operator.page().evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                    .as(name + " is no wider than a phone")
                    .isEqualTo(true);
            operator.picture(pictures.resolve(name + "-phone.png"));
        }
    }
}
