package org.claudeagentui.acceptance.stack;

import com.github.dockerjava.api.model.HostConfig;
import org.awaitility.Awaitility;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.MutableCapabilities;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.remote.Command;
import org.openqa.selenium.remote.CommandInfo;
import org.openqa.selenium.remote.HttpCommandExecutor;
import org.openqa.selenium.remote.RemoteWebDriver;
import org.openqa.selenium.remote.http.HttpClient;
import org.openqa.selenium.remote.http.HttpMethod;
import org.testcontainers.lifecycle.Startable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Debian's Chromium without a window, in a container that is in this machine's network: it opens what a user's browser here would. */
public final class Browser implements Startable {
    private static final Duration START_DEADLINE = Duration.ofSeconds(20);
    private static final Duration SCRIPT_DEADLINE = Duration.ofSeconds(60);
    private static final long SHARED_MEMORY = 512L << 20;
    /** The container is the sandbox. */
    private static final List<String> ARGUMENTS = List.of("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1280,900");

    private static final String DEVTOOLS = "devTools";

    private final Project project;
    private final Engine engine;
    private final TestSession session;
    private final String name = TestSession.newStackName() + "-browser";
    private final int port = Ports.free(1).getFirst();

    Browser(Project project, Engine engine, TestSession session) {
        this.project = project;
        this.engine = engine;
        this.session = session;
    }

    @Override
    public void start() {
        String image = "claude-browser:" + Project.imageTag();
        HelperImage.build(project, image, "browser", Map.of("BASE_IMAGE", "claude-base:" + Project.imageTag()));
        String id = engine.docker()
                .createContainerCmd(image)
                .withHostConfig(HostConfig.newHostConfig().withNetworkMode("host").withInit(true).withShmSize(SHARED_MEMORY))
                .withCmd("--port=" + port)
                .withLabels(session.labels())
                .withName(name)
                .exec()
                .getId();
        engine.docker().startContainerCmd(id).exec();
        Awaitility.await("the browser's driver")
                .atMost(START_DEADLINE)
                .until(() -> Http.tryGet(address() + "/status").map(Answer::succeeded).orElse(false));
    }

    /** Opens a window without history or cookies; the caller quits it. */
    public RemoteWebDriver open() {
        return open(Map.of("args", ARGUMENTS), Map.of());
    }

    /** Opens a window that logs what it asks of the network, as {@code performance}, and what its console is told, as {@code browser}. */
    public RemoteWebDriver openLogging() {
        return open(Map.of("args", ARGUMENTS), Map.of("performance", "ALL", "browser", "ALL"));
    }

    /** Opens a window that logs each task of its threads and each mark of its pages, as {@code performance}. */
    public RemoteWebDriver openTracing() {
        Map<String, Object> tasks = Map.of("enableNetwork", false, "enablePage", false, "traceCategories", "toplevel,blink.user_timing");
        return open(Map.of("args", ARGUMENTS, "perfLoggingPrefs", tasks), Map.of("performance", "ALL"));
    }

    /** Writes a file on the browser's machine, for pages to upload; its path there. */
    public String write(String fileName, String text) {
        String path = "/tmp/" + fileName;
        engine.exec(name, "", START_DEADLINE, List.of("sh", "-c", "printf %s \"$2\" > \"$1\"", "sh", path, text)).orThrow();
        return path;
    }

    /** Has the DevTools of a window do something. */
    public static void devTools(RemoteWebDriver window, String method, Map<String, ?> parameters) {
        try {
            window.getCommandExecutor()
                    .execute(new Command(window.getSessionId(), DEVTOOLS, Map.of("cmd", method, "params", parameters)));
        } catch (IOException e) {
            throw new UncheckedIOException("The browser's DevTools don't answer to " + method, e);
        }
    }

    private RemoteWebDriver open(Map<String, Object> options, Map<String, String> logs) {
        MutableCapabilities wanted = new MutableCapabilities();
        wanted.setCapability("browserName", "chrome");
        wanted.setCapability("goog:chromeOptions", options);
        if (!logs.isEmpty()) {
            wanted.setCapability("goog:loggingPrefs", logs);
        }
        try {
            URL driver = URI.create(address()).toURL();
            RemoteWebDriver window = new RemoteWebDriver(new HttpCommandExecutor(HttpClient.Factory.createDefault()
                    .createClient(driver), Map.of(DEVTOOLS, new CommandInfo("/session/:sessionId/goog/cdp/execute",
                            HttpMethod.POST)), driver), wanted);
            window.manage().timeouts().scriptTimeout(SCRIPT_DEADLINE).pageLoadTimeout(SCRIPT_DEADLINE);
            return window;
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Opens the web UI in a window, and signs in there as the stack's administrator. */
    public static void signIn(WebDriver window, ComposeStack stack) {
        window.get(stack.frontDoor());
        Object status = ((JavascriptExecutor) window).executeAsyncScript("""
                const done = arguments[2];
                fetch('/api/session', {method: 'POST', headers: {'Content-Type': 'application/json'},
                  body: JSON.stringify({identifier: arguments[0], password: arguments[1]})})
                  .then(answer => done(answer.status), failure => done(String(failure)));
                """, stack.env().get("APP_ADMIN_EMAIL").orElse("admin@example.com"), stack.env().require("APP_ADMIN_PASSWORD"));
        if (!Long.valueOf(200).equals(status)) {
            throw new IllegalStateException("The browser can't sign in: " + status);
        }
    }

    private String address() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void stop() {
        engine.removeContainer(name);
    }
}
