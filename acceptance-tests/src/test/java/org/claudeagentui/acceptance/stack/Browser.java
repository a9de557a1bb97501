package org.claudeagentui.acceptance.stack;

import com.github.dockerjava.api.model.HostConfig;
import org.awaitility.Awaitility;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.MutableCapabilities;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.remote.RemoteWebDriver;
import org.testcontainers.lifecycle.Startable;

import java.net.MalformedURLException;
import java.net.URI;
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
    public WebDriver open() {
        MutableCapabilities wanted = new MutableCapabilities();
        wanted.setCapability("browserName", "chrome");
        wanted.setCapability("goog:chromeOptions", Map.of("args", ARGUMENTS));
        try {
            WebDriver window = new RemoteWebDriver(URI.create(address()).toURL(), wanted);
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
