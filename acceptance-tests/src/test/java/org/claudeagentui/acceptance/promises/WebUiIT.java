package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.report.Sample;
import org.claudeagentui.acceptance.runs.RunApi;
import org.claudeagentui.acceptance.runs.RunEvent;
import org.claudeagentui.acceptance.runs.Runner;
import org.claudeagentui.acceptance.stack.AcceptanceTestBeside;
import org.claudeagentui.acceptance.stack.Browser;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.Service;
import org.claudeagentui.acceptance.stack.Stacks;
import org.claudeagentui.acceptance.standin.RecordedRequest;
import org.claudeagentui.acceptance.ui.Accessibility;
import org.claudeagentui.acceptance.ui.FirstTheme;
import org.claudeagentui.acceptance.ui.Look;
import org.claudeagentui.acceptance.ui.WebUi;
import org.claudeagentui.acceptance.ui.WindowLog;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What people do with the web UI, from sign-in to sign-out, in Chromium. */
@AcceptanceTestBeside
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebUiIT {
    private static final Duration PACE = Duration.ofMillis(20);
    private static final Duration SLOW = Duration.ofMillis(200);
    private static final int TOKENS = 300;
    private static final int MISSED = 30;
    private static final int MANY_TOKENS = Boolean.getBoolean("acceptance.full") ? 10_000 : 2_000;
    private static final double LONGEST_TASK_MS = 100;
    private static final int LOOKS_IN_A_PLAIN_RUN = 40;

    /** A screen as it looks in one of the ways. */
    private record Sight(Screen screen, Look look) {}

    private final ComposeStack stack;
    private final Browser browser;

    WebUiIT(Stacks stacks) {
        stack = stacks.create();
        browser = stacks.browser();
    }

    @BeforeAll
    void boot() {
        stack.start();
    }

    @Test
    @Promise(value = "TOP-6", part = "pages")
    void anAgentIsMadeAndRunAndARunIsStopped(Evidence evidence) {
        evidence.expected("""
                signed in by the form, an agent is made by the form and run; its answer comes in while the page is looked at, a reload in the midst of \
                it picks it up, and the text is the journal's; another run is stopped from its page, and has then ended as cancelled""");

        String name = "Navigator " + UUID.randomUUID();
        try (WebUi ui = new WebUi(browser.open(), stack); Runner runner = Runner.of(stack, "{}")) {
            ui.signIn("/").seeHeading("Agents");
            ui.follow("New agent");
            ui.fill("Name", name);
            ui.fill("Instructions", "Say where the ship is.");
            ui.press("Create the agent");
            ui.seeHeading(name);
            String agent = ui.arriveAt("/agents/(?!new)[^/]+");
            ui.follow("Run");
            ui.fill("Input for " + name, runner.scripted(script -> script.text(TOKENS, PACE)));
            ui.press("Run");
            String run = ui.arriveAt("/runs/[^/]+");
            ui.seeIn("Answer", "t20 ");
            String midway = runner.api().run(run).path("state").asText();
            ui.reload();
            ui.seeStatus("Completed");
            String shown = withoutSpace(ui.textOf("Answer"));

            ui.open("/agents/" + agent + "/run");
            ui.fill("Input for " + name, runner.scripted(script -> script.text(TOKENS, SLOW)));
            ui.press("Run");
            String slow = ui.arriveAt("/runs/(?!%s)[^/]+".formatted(run));
            ui.seeIn("Answer", "t3 ");
            ui.press("Stop");
            ui.seeStatus("Stopped");
            String state = runner.api().run(slow).path("state").asText();
            evidence.observed("%d characters shown; reloaded while %s; the stopped run is %s".formatted(shown.length(), midway, state));

            assertThat(midway).isEqualTo("running");
            assertThat(shown).isEqualTo(text(runner.api().replay(run)));
            assertThat(state).isEqualTo("cancelled");
        }
    }

    /** How a page loses its connection. */
    enum Cut {
        BROKEN {
            @Override
            void begin(ComposeStack stack) {
                stack.compose("kill", Service.FRONTEND).orThrow();
            }

            @Override
            void end(ComposeStack stack) {
                stack.compose("start", Service.FRONTEND).orThrow();
            }
        },
        SILENT {
            @Override
            void begin(ComposeStack stack) {
                stack.pause(Service.FRONTEND);
            }

            @Override
            void end(ComposeStack stack) {
                stack.unpause(Service.FRONTEND);
            }
        };

        abstract void begin(ComposeStack stack);

        abstract void end(ComposeStack stack);
    }

    static Stream<Cut> cuts() {
        return Sample.of(List.of(Cut.values()), 1).chosen().stream();
    }

    @ParameterizedTest
    @MethodSource("cuts")
    @Promise(value = "RUN-4", part = "the web UI, its connection cut")
    void whatAPageMissedWhileItHadNoConnectionIsShownOnce(Cut cut, Evidence evidence) {
        evidence.expected("""
                in the midst of a run nginx is killed, so that the page's connection breaks, or frozen, so that nothing more comes, not even \
                heartbeats, and none is to be had: the page says that it reconnects; with nginx back it shows the whole answer, no token missing and \
                none twice""");

        try (WebUi ui = new WebUi(browser.open(), stack);
                Runner runner = Runner.at(stack, "http://127.0.0.1:" + stack
                        .port("EXPRESS_PORT"), "{}")) {
            ui.signIn("/");
            RunApi api = runner.api();
            String run = api.start(runner.agent(), runner.scripted(script -> script.text(2 * TOKENS, PACE)));
            ui.open("/runs/" + run);
            ui.seeIn("Answer", "t20 ");
            cut.begin(stack);
            ui.seeStatus("Reconnecting");
            int before = ui.textOf("Answer").split(" ", -1).length;
            api.awaitEvent(run, before + MISSED);
            int meanwhile = ui.textOf("Answer").split(" ", -1).length;
            cut.end(stack);
            ui.seeStatus("Completed");
            String shown = withoutSpace(ui.textOf("Answer"));
            evidence.observed("%s at %d tokens, %d were shown when %d more were written; in the end %d characters".formatted(cut, before,
                    meanwhile,
                    MISSED, shown.length()));

            assertThat(meanwhile).as("nothing came through").isEqualTo(before);
            assertThat(shown).isEqualTo(text(api.replay(run)));
        }
    }

    @Test
    @Promise(value = "TOP-6", part = "pages")
    void aChatHasAnAttachmentAndASecondTurn(Evidence evidence) {
        evidence.expected("a chat begun with a text file: the model reads the file; a second turn: the model is told the first");

        try (WebUi ui = new WebUi(browser.open(), stack); Runner runner = Runner.of(stack, "{}")) {
            String first = runner.scripted(script -> script.text("High water at six."), script -> script.text("And low at noon."));
            String agent = agentName(runner);
            ui.signIn("/chats/new?agent=" + runner.agent()).seeHeading("New chat");
            ui.attach(browser.write("tides.txt", "The moon is full."));
            ui.fill("First message", first);
            ui.press("Begin");
            String chat = ui.arriveAt("/chats/(?!new)[^/]+");
            ui.seeText("High water at six.");
            String second = "And then? " + UUID.randomUUID();
            ui.fill("Message to " + agent, second);
            ui.press("Send");
            ui.seeText("And low at noon.");
            RecordedRequest asked = runner.asked(second, request -> request.outcome().equals("completed"));
            ui.reload();
            ui.seeText("And low at noon.").seeText("tides.txt");
            evidence.observed("chat %s; asked in the second turn: %s".formatted(chat, asked.body().path("messages")));

            assertThat(asked.body().path("messages").toString()).contains("The moon is full.", first, "High water at six.", second);
        }
    }

    @Test
    @Promise(value = "TOP-6", part = "pages")
    void aTaskIsRunAndCounted(Evidence evidence) {
        evidence.expected("""
                a task with a placeholder, made by the form: the model is asked with what was filled in; the run stands in the task's history, and in \
                the usage with its agent's tokens, and not in that of another time""");

        try (WebUi ui = new WebUi(browser.open(), stack); Runner runner = Runner.of(stack, "{}")) {
            String word = runner.scripted(script -> script.text("Calm.").usage(1_200, 0, 0, 34));
            String agent = agentName(runner);
            String name = "Weather " + UUID.randomUUID();
            ui.signIn("/tasks/new").seeHeading("New task");
            ui.fill("Name", name);
            ui.choose("Agent", agent);
            ui.fill("Prompt", "What is it like in {{port}}? " + word);
            ui.press("Create the task");
            ui.seeHeading(name);
            String task = ui.arriveAt("/tasks/(?!new)[^/]+");
            ui.fill("port", "Lisbon");
            ui.press("Run the task");
            String run = ui.arriveAt("/runs/[^/]+");
            ui.seeStatus("Completed");
            ui.open("/tasks/" + task);
            ui.seeIn("Runs of this task", "Completed");
            ui.open("/usage?of=tokens").seePicture("Tokens over time");
            ui.seeIn("By agent", agent);
            String usage = ui.textOf("By agent");
            ui.open("/usage?time=own&from=2020-01-01&to=2020-01-31").seeText("No runs in this time");
            evidence.observed("run %s; asked “%s”; usage by agent: %s".formatted(run, runner.asked(word).getFirst().input(), usage));

            assertThat(runner.asked(word)).extracting(RecordedRequest::input).containsExactly("What is it like in Lisbon? " + word);
            assertThat(usage).contains(agent + "11,234");
        }
    }

    @Test
    @Promise(value = "TOP-6", part = "pages")
    void tokensDeletionsAndTheSessionEndAsTheyShould(Evidence evidence) {
        evidence.expected("""
                a token's text is shown once, lets in, and once revoked lets in no longer; an agent whose deletion is undone is still there; after \
                the sign-out the page asks who is there, and the session is no more""");

        try (WebUi ui = new WebUi(browser.open(), stack); Runner runner = Runner.of(stack, "{}")) {
            String name = "Script " + UUID.randomUUID();
            ui.signIn("/settings").seeHeading("Settings");
            ui.fill("Name", name);
            ui.press("Create a token");
            String token = ui.valueOf("The token's text");
            ui.press("I have it");
            int made = statusWith(token);
            ui.press("Revoke " + name);
            ui.press("Revoke it");
            ui.seeText("lets nobody in any longer");
            int revoked = statusWith(token);

            String agent = agentName(runner);
            ui.open("/agents?search=" + agent.replace(" ", "%20"));
            ui.pick("More for " + agent, "Delete");
            ui.press("Undo");
            ui.seeText(agent);
            String session = session(ui);
            int signedIn = status("Cookie", session);
            ui.open("/settings").press("Sign out");
            ui.seeButton("Sign in");
            int signedOut = status("Cookie", session);
            int kept = Http.get(stack.frontDoor() + "/api/agents/" + runner.agent()).status();
            evidence.observed("token: %d, revoked: %d; the agent: %d; session: %d, signed out: %d".formatted(made, revoked, kept, signedIn,
                    signedOut));

            assertThat(token).startsWith("cau_");
            assertThat(List.of(made, revoked)).containsExactly(200, 401);
            assertThat(kept).isEqualTo(200);
            assertThat(List.of(signedIn, signedOut)).containsExactly(200, 401);
        }
    }

    @Test
    @Promise(value = "TOP-6", part = "pages")
    void aChosenThemeIsThereBeforeAnythingIsPainted(Evidence evidence) {
        evidence.expected(
                "a system that is light, and dark chosen in the settings: when a page is opened anew, it is dark before it has a body");

        try (WebUi ui = new WebUi(browser.open(), stack)) {
            Look.LIGHT.wearIn(ui.window());
            ui.signIn("/settings").seeHeading("Settings");
            ui.mark("Dark");
            FirstTheme theme = FirstTheme.of(ui.window());
            ui.open("/agents").seeHeading("Agents");
            String ofTheUi = theme.ofThePage();
            ui.open("/docs.html").seeText("GET");
            String ofTheDescription = theme.ofThePage();
            evidence.observed("as the body came, the web UI was %s, the API's description %s".formatted(ofTheUi, ofTheDescription));

            assertThat(List.of(ofTheUi, ofTheDescription)).containsExactly("dark", "dark");
        }
    }

    @Test
    @Promise(value = "TOP-6", part = "long answers stay smooth")
    void aLongAnswerNeverKeepsThePageFromAnswering(Evidence evidence) {
        evidence.expected("""
                %,d tokens of one run, watched as they come and then replayed at once: no task of the page's main thread works for more than %.0f ms, \
                and all of the text is shown""".formatted(MANY_TOKENS, LONGEST_TASK_MS));

        try (WebUi ui = new WebUi(browser.openTracing(), stack); Runner runner = Runner.of(stack, "{}")) {
            ui.signIn("/");
            RunApi api = runner.api();
            String warmUp = api.start(runner.agent(), runner.scripted(script -> script.text(TOKENS, Duration.ZERO)));
            ui.open("/runs/" + warmUp).seeStatus("Completed");
            String run = api.start(runner.agent(), runner.scripted(script -> script.text(MANY_TOKENS, Duration.ofMillis(1))));
            List<WindowLog.Task> tasks = WindowLog.tasksWhile(ui.window(), () -> {
                ui.open("/runs/" + run).seeStatus("Completed");
                ui.follow("All runs");
                ui.follow(api.run(run).path("input").asText());
                ui.seeStatus("Completed");
                ui.seeIn("Answer", "t%d".formatted(MANY_TOKENS - 1));
            });
            String shown = withoutSpace(ui.textOf("Answer"));
            double atWork = longest(tasks, WindowLog.Task::cpuMillis);
            evidence.observed("%,d tasks; the longest was at work for %.1f ms".formatted(tasks.size(), atWork))
                    .figure("longest task, at work", atWork, "ms")
                    .figure("longest task, by the clock", longest(tasks, WindowLog.Task::wallMillis), "ms");

            assertThat(shown).isEqualTo(text(api.replay(run)));
            assertThat(tasks).hasSizeGreaterThan(200);
            assertThat(atWork).isLessThan(LONGEST_TASK_MS);
        }
    }

    @Test
    @Promise(value = "TOP-6", part = "pages")
    @Promise(value = "TOP-6", part = "accessible by axe-core's rules")
    @Promise(value = "TOP-6", part = "no request for another host")
    void everyScreenIsAccessibleAndKeepsToItsOrigin(Evidence evidence) {
        evidence.expected("""
                each screen, in a wide window and in a phone's, light and dark, or a sample of these looks: axe-core finds no violation; nothing is \
                asked of another origin, nor does the content policy have to refuse anything""");

        List<List<String>> violations = new ArrayList<>();
        List<String> asked = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        int looks = 0;
        String described;
        try (WebUi ui = new WebUi(browser.openLogging(), stack); Runner runner = Runner.withTools(stack, "{}")) {
            Accessibility accessibility = Accessibility.of(ui.window());
            List<Screen> screens = Screens.of(stack, runner);
            Sample<Sight> sample = Sample.of(screens.stream()
                    .flatMap(screen -> Arrays.stream(Look.values()).map(look -> new Sight(screen, look)))
                    .toList(), LOOKS_IN_A_PLAIN_RUN);
            described = sample.describe();
            for (Screen screen : screens) {
                screen.show(ui);
                for (Look look : sample.chosen().stream().filter(sight -> sight.screen().equals(screen)).map(Sight::look).toList()) {
                    look.wearIn(ui.window());
                    ui.settle();
                    List<String> found = look.isDark() ? accessibility.violationsOfColour() : accessibility.violations();
                    found.forEach(violation -> violations.add(List.of(screen.name(), look.toString(), violation)));
                    evidence.picture(screen.name() + ", " + look, ui.screenshot());
                    looks++;
                }
                Look.LIGHT.wearIn(ui.window());
                asked.addAll(WindowLog.requests(ui.window()));
                refused.addAll(WindowLog.console(ui.window()).stream().filter(line -> line.contains("Content Security Policy")).toList());
            }
        }
        // The browser's own pictures, such as a date field's, stand in their addresses: nobody is asked for them.
        List<String> foreign = asked.stream()
                .filter(address -> !address.startsWith(stack.frontDoor() + "/") && !address.startsWith("data:"))
                .distinct()
                .toList();
        evidence.table("What axe-core finds amiss", List.of("screen", "look", "rule and places"), violations)
                .observed("%d looks at screens (%s), %d violations; %d requests, of other origins: %s; refused by the content policy: %s"
                        .formatted(
                                looks, described, violations.size(), asked.size(), foreign, refused));

        assertThat(violations).isEmpty();
        assertThat(asked).hasSizeGreaterThan(looks);
        assertThat(foreign).isEmpty();
        assertThat(refused).isEmpty();
    }

    private static double longest(List<WindowLog.Task> tasks, ToDoubleFunction<WindowLog.Task> measure) {
        return tasks.stream().mapToDouble(measure).max().orElse(0);
    }

    private String agentName(Runner runner) {
        return Http.get(stack.frontDoor() + "/api/agents/" + runner.agent()).orThrow().json().path("name").asText();
    }

    private int statusWith(String token) {
        return status("Authorization", "Bearer " + token);
    }

    private int status(String header, String value) {
        return Http.send(HttpRequest.newBuilder(URI.create(stack.frontDoor() + "/api/session")).header(header, value).GET()).status();
    }

    // The page itself never sees it.
    private String session(WebUi ui) {
        return ui.open("/api/session")
                .window()
                .manage()
                .getCookies()
                .stream()
                .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                .findFirst()
                .orElseThrow();
    }

    private static String text(List<RunEvent> events) {
        return withoutSpace(events.stream()
                .filter(event -> event.type().equals("text.delta"))
                .map(event -> event.json().path("text").asText())
                .collect(Collectors.joining()));
    }

    // How text is broken into lines and blocks is the page's to say.
    private static String withoutSpace(String text) {
        return text.replaceAll("\\s+", "");
    }
}
