package org.claudeagentui.acceptance.promises;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.claudeagentui.acceptance.runs.ChatApi;
import org.claudeagentui.acceptance.runs.RunApi;
import org.claudeagentui.acceptance.runs.Runner;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.ui.WebUi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** All screens of the web UI, with something to show on each. */
final class Screens {
    private static final Duration LONGEST_RUN = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ANSWER = """
            # Tides

            High water is at **six**, and [the harbour](https://example.com/harbour) is `open`.

            | Time | Height |
            |------|-------:|
            | 06:00 | 3.1 m |
            | 12:10 | 0.4 m |

            - [x] moored
            - [ ] fuelled

            ```java
            record Tide(String time, double metres) {
                // Above the chart's datum.
                boolean isHigh() { return metres > 2; }
            }
            ```

            > Times are local.
            """;

    private final ComposeStack stack;
    private final Runner runner;
    private final String mark = UUID.randomUUID().toString().substring(0, 8);

    private Screens(ComposeStack stack, Runner runner) {
        this.stack = stack;
        this.runner = runner;
    }

    /** Fills a stack, and gives the screens in an order in which they can be gone through. */
    static List<Screen> of(ComposeStack stack, Runner runner) {
        return new Screens(stack, runner).all();
    }

    private List<Screen> all() {
        List<Screen> screens = new ArrayList<>(List.of(Screen.page("Sign-in", "/", "Claude Agent UI"), new Screen("Agents", ui -> ui.signIn(
                "/agents").open("/agents").seeHeading("Agents"))));
        screens.addAll(catalogue());
        screens.addAll(work());
        screens.addAll(List.of(Screen.page("Usage", "/usage", "Usage"), Screen.page("Usage, own days", "/usage?time=own", "Usage"), Screen
                .page("Settings", "/settings", "Settings"), Screen.page(
                        "No such page", "/nowhere", "Nothing here"), new Screen("API description", ui -> ui.open("/docs.html")
                                .seeText(
                                        "GET"))));
        screens.addAll(ofSomebodyNew());
        return screens;
    }

    private List<Screen> catalogue() {
        String agent = "/agents/" + runner.agent();
        String agentName = Http.get(stack.frontDoor() + "/api" + agent).orThrow().json().path("name").asText();
        String skillName = "Seamanship " + mark;
        String skill = "/skills/" + create("skills", Map.of("name", skillName, "content", "Tie a *bowline*."));
        String server = "/mcp-servers/" + new RunApi(stack.frontDoor(), LONGEST_RUN).mcpServer(Runner.TOOLS,
                "{\"transport\":\"http\",\"url\":\"%s\"}".formatted(Runner.MCP_URL));
        return List.of(Screen.page("Agents", "/agents", "Agents").after("a menu open", ui -> ui.press("More for " + agentName)), //
                Screen.page("Agent, new", "/agents/new", "New agent"), //
                Screen.page("Agent, new", "/agents/new", "New agent").after("refused", ui -> ui.press("Create the agent")), //
                Screen.page("Agent", agent, agentName), //
                Screen.page("Agent", agent, agentName).after("left unsaved", Screens::leaveUnsaved), //
                Screen.page("Skills", "/skills", "Skills"), //
                Screen.page("Skill, new", "/skills/new", "New skill"), //
                Screen.page("Skill", skill, skillName), //
                Screen.page("MCP servers", "/mcp-servers", "MCP servers"), //
                Screen.page("MCP server, new", "/mcp-servers/new", "New MCP server"), //
                Screen.page("MCP server", server, Runner.TOOLS).after("checked", Screens::checkConnection), //
                Screen.page("Agent, to be run", agent + "/run", agentName));
    }

    private static void leaveUnsaved(WebUi ui) {
        ui.fill("Description", "Something else");
        ui.follow("Usage");
        ui.seeButton("Stay here");
    }

    private static void checkConnection(WebUi ui) {
        ui.press("Check the connection");
        ui.seeStatus("It answers");
    }

    private List<Screen> work() {
        String agentName = Http.get(stack.frontDoor() + "/api/agents/" + runner.agent()).orThrow().json().path("name").asText();
        String run = runner.api()
                .start(runner.agent(), runner.scripted(script -> script.thinking("The moon first.").echoingTool(Runner.TOOLS, " at six"),
                        script -> script.text(ANSWER)));
        runner.api().persistently(run);
        String failed = runner.api().start(runner.agent(), runner.scripted(script -> script.respond(400, Map.of())));
        runner.api().persistently(failed);
        String title = "About tides " + mark;
        ChatApi chats = new ChatApi(stack.frontDoor());
        String chat = chats.chat(title, runner.agent());
        chats.say(chat, runner.scripted(script -> script.text(ANSWER))).orThrow();
        String taskName = "Weather " + mark;
        String task = "/tasks/" + create("tasks", Map.of("name", taskName, "agent", runner.agent(), "prompt", "Weather in {{port}}?"));
        return List.of(Screen.page("Runs", "/runs", "Runs"), //
                Screen.page("Run", "/runs/" + run, "Run of " + agentName).after("completed", ui -> ui.seeStatus("Completed")), //
                Screen.page("Run", "/runs/" + failed, "Run of " + agentName).after("failed", ui -> ui.seeStatus("Failed")), //
                Screen.page("Chats", "/chats", "Chats"), //
                Screen.page("Chat, new", "/chats/new", "New chat"), //
                Screen.page("Chat", "/chats/" + chat, title).after("answered", ui -> ui.seeText("Times are local.")), //
                Screen.page("Tasks", "/tasks", "Tasks"), //
                Screen.page("Tasks", "/tasks", "Tasks").after("agents to choose from", ui -> ui.press("Show suggestions")), //
                Screen.page("Task, new", "/tasks/new", "New task"), //
                Screen.page("Task", task, taskName), //
                Screen.page("Task", task + "/edit", "Edit " + taskName).after("to be changed", ui -> {}));
    }

    // Whoever is new has no work yet, and may not set up MCP servers.
    private List<Screen> ofSomebodyNew() {
        Member member = Member.join(stack, "Ada");
        return List.of(new Screen("Chats, none yet", ui -> {
            ui.open("/settings").press("Sign out");
            ui.seeButton("Sign in");
            ui.signIn("/chats", member.email(), member.password()).open("/chats").seeText("No chats yet");
        }), new Screen("Tasks, none yet", ui -> ui.open("/tasks").seeText("No tasks yet")), new Screen("Runs, none yet", ui -> ui.open(
                "/runs").seeText("No runs yet")), Screen.page("MCP servers, to be looked at", "/mcp-servers", "MCP servers"));
    }

    private String create(String kind, Map<String, String> values) {
        JsonNode json = JSON.valueToTree(values);
        return Http.postJson(stack.frontDoor() + "/api/" + kind, json.toString()).orThrow().json().path("id").asText();
    }
}
