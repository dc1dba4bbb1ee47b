package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Chromium, as a person has it; the machine's own, since none is downloaded. */
final class Browser implements AutoCloseable {

    private static final int WIDTH = 1280;
    private static final int HEIGHT = 900;

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final String base;

    /** Starts one; where the machine has none, the test is skipped, and says so. */
    Browser(int port) {
        Optional<Path> executable = Stream.of(
                        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        Assumptions.assumeTrue(executable.isPresent(), "no Chromium is installed: nothing is looked at in a browser");
        base = "http://127.0.0.1:" + port;
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable.get())
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking")));
    }

    /** A reader who has no cookie yet. */
    Reader reader() {
        return new Reader(chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setBaseURL(base)
                .setViewportSize(WIDTH, HEIGHT)));
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }

    /** A person before a browser: clicks are counted, and what the browser complains about is written down. */
    static final class Reader implements AutoCloseable {

        private final BrowserContext context;
        private final Page page;
        private final List<String> complaints = new ArrayList<>();
        private int clicks;

        private Reader(BrowserContext context) {
            this.context = context;
            page = context.newPage();
            page.onConsoleMessage(message -> {
                if (message.type().equals("error") || message.type().equals("warning")) {
                    complaints.add(message.text());
                }
            });
            page.onPageError(complaints::add);
        }

        Page page() {
            return page;
        }

        Reader logIn(String user) {
            page.navigate("/login");
            page.locator("input[name=username]").fill(user);
            page.locator("input[name=password]").fill("demo");
            page.locator("form.login button").click();
            page.waitForURL("**/");
            clicks = 0;
            return this;
        }

        Reader click(Locator what) {
            what.click();
            // A click on a link is over when the first part of its page has come.
            page.waitForLoadState();
            clicks++;
            return this;
        }

        Reader clickLink(String name) {
            return click(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name))
                    .first());
        }

        /** How often the reader has clicked since the login or the last count. */
        int clicks() {
            int counted = clicks;
            clicks = 0;
            return counted;
        }

        String text() {
            return page.locator("main").innerText();
        }

        /** What the browser has complained about: blocked scripts and styles, missing files, failures. */
        List<String> complaints() {
            return complaints;
        }

        /** What of the page keeps somebody from using it; only what is serious or worse. */
        List<String> barriers() {
            return new AxeBuilder(page)
                    .analyze().getViolations().stream()
                            .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                            .map(Reader::barrier)
                            .toList();
        }

        private static String barrier(Rule rule) {
            return rule.getId() + ": " + rule.getHelp() + " "
                    + rule.getNodes().stream()
                            .map(node -> node.getHtml())
                            .limit(3)
                            .toList();
        }

        void picture(Path file) {
            page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
            assertThat(file).isNotEmptyFile();
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
