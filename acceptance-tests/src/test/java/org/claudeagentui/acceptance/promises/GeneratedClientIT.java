package org.claudeagentui.acceptance.promises;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.report.Secrets;
import org.claudeagentui.acceptance.runs.Runner;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.client.ApiClient;
import org.claudeagentui.client.ApiException;
import org.claudeagentui.client.api.AgentsApi;
import org.claudeagentui.client.api.RunsApi;
import org.claudeagentui.client.api.SessionApi;
import org.claudeagentui.client.model.Agent;
import org.claudeagentui.client.model.AgentDefinition;
import org.claudeagentui.client.model.AgentMembers;
import org.claudeagentui.client.model.AgentPage;
import org.claudeagentui.client.model.CompletedEvent;
import org.claudeagentui.client.model.Credentials;
import org.claudeagentui.client.model.FieldError;
import org.claudeagentui.client.model.Problem;
import org.claudeagentui.client.model.QueuedEvent;
import org.claudeagentui.client.model.Run;
import org.claudeagentui.client.model.RunEvent;
import org.claudeagentui.client.model.RunRequest;
import org.claudeagentui.client.model.Session;
import org.claudeagentui.client.model.TextDeltaEvent;
import org.claudeagentui.client.model.TokenRequest;
import org.claudeagentui.client.model.UsageReport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.net.CookieManager;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/** What a stranger gets who has a public generator make a client of the OpenAPI document, and knows nothing else. */
@AcceptanceTest
class GeneratedClientIT {
    private static final Duration DEADLINE = Duration.ofSeconds(15);
    private static final String ANSWER = "Two, three, five.";

    @Test
    @Promise(value = "RUN-1", part = "a generated client")
    void aGeneratedClientDoesWhatTheApiOffers(ComposeStack stack, Evidence evidence) throws ApiException {
        evidence.expected(
                """
                a client that OpenAPI Generator made of openapi.yaml, compiled as it came: signs in, makes itself a token, and with that makes, \
                lists, changes in part, runs and deletes an agent, reads the run, its events and its usage, and understands what it is refused""");

        String word = UUID.randomUUID().toString();
        try (Runner runner = Runner.of(stack, "{}")) {
            Member member = Member.join(stack, "Greta");
            ApiClient client = withToken(stack, member);
            AgentsApi agents = new AgentsApi(client);
            RunsApi runs = new RunsApi(client);

            Agent made = agents.createAgent(new AgentDefinition().name("Primes " + word).systemPrompt("Answer with primes.").enabled(false),
                    word);
            agents.createAgent(new AgentDefinition().name("Other " + word).systemPrompt("Answer with words."), null);
            AgentPage second = found(agents, 2, word, null);
            AgentPage disabled = found(agents, 1, word, false);
            Agent changed = agents.changeAgent(made.getId(), new AgentMembers().topP(new BigDecimal("0.5")), null);
            Agent enabled = agents.changeAgent(made.getId(), new AgentMembers().enabled(true), null);

            Run run = runs.createRun(new RunRequest().agentId(made.getId())
                    .input(runner.scripted(script -> script.text(ANSWER))), null);
            await().atMost(DEADLINE).until(() -> runs.findRun(run.getId()).getEndedAt() != null);
            Run ended = runs.findRun(run.getId());
            List<RunEvent> events = events(stack, client.getObjectMapper(), run);
            UsageReport usage = runs.getUsage(null, null, made.getId(), null);

            ApiException invalid = refusal(() -> agents.createAgent(new AgentDefinition().name("").systemPrompt("Short"), null));
            ApiException outdated = refusal(() -> agents.changeAgent(made.getId(), new AgentMembers().topK(5), "\"outdated\""));
            agents.deleteAgent(made.getId(), null);
            ApiException gone = refusal(() -> agents.findAgent(made.getId(), null));
            Problem problem = problem(client.getObjectMapper(), invalid);
            evidence.observed(
                    "page 2 of %d: %s; disabled: %s; changed: topP %s, enabled %s; the run %s, %d events; usage: %d runs, %d tokens"
                            .formatted(second.getMeta().getTotal(), names(second), names(disabled), changed.getTopP(), changed.getEnabled(),
                                    ended
                                            .getState(), events.size(), usage.getTotal().getRuns(), usage.getTotal()
                                                    .getUsage()
                                                    .getOutputTokens()))
                    .observed("refused: %d %s; %d; %d".formatted(invalid.getCode(), problem.getDetail(), outdated.getCode(), gone
                            .getCode()));

            assertThat(made.getEnabled()).isFalse();
            assertThat(second.getMeta().getTotal()).isEqualTo(2);
            assertThat(names(second)).containsExactly("Primes " + word);
            assertThat(names(disabled)).containsExactly("Primes " + word);
            assertThat(changed.getTopP()).isEqualByComparingTo("0.5");
            assertThat(changed.getEnabled()).as("left as it was by a change that doesn't name it").isFalse();
            assertThat(enabled.getEnabled()).isTrue();
            assertThat(ended.getState()).isEqualTo(Run.StateEnum.COMPLETED);
            assertThat(ended.getOutput()).isEqualTo(ANSWER);
            assertThat(ended.getUserId()).isEqualTo(member.id());
            assertThat(events.getFirst().getActualInstance()).isInstanceOf(QueuedEvent.class);
            assertThat(events.getLast().getActualInstance()).isInstanceOf(CompletedEvent.class);
            assertThat(text(events)).isEqualTo(ANSWER);
            assertThat(usage.getTotal().getRuns()).isOne();
            assertThat(usage.getTotal().getUsage().getOutputTokens()).isPositive();
            assertThat(invalid.getCode()).isEqualTo(422);
            assertThat(problem.getErrors()).extracting(FieldError::getField).containsExactlyInAnyOrder("name", "systemPrompt");
            assertThat(outdated.getCode()).isEqualTo(412);
            assertThat(gone.getCode()).isEqualTo(404);
        }
    }

    /** As who signs in with a password, makes a token, and goes on with that alone. */
    private static ApiClient withToken(ComposeStack stack, Member member) throws ApiException {
        ApiClient browser = client(stack);
        browser.setHttpClientBuilder(HttpClient.newBuilder().cookieHandler(new CookieManager()));
        SessionApi session = new SessionApi(browser);
        session.signIn(new Credentials().identifier(member.email()).password(member.password()));
        String token = session.createToken(new TokenRequest().name("a stranger's").expiresInDays(1)).getToken();
        Secrets.register(token);

        ApiClient program = client(stack).setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
        Session who = new SessionApi(program).getSession();
        assertThat(who.getUser().getEmail()).isEqualTo(member.email());
        return program;
    }

    private static ApiClient client(ComposeStack stack) {
        ApiClient client = new ApiClient();
        client.updateBaseUri(stack.frontDoor());
        return client.setReadTimeout(DEADLINE).setConnectTimeout(DEADLINE);
    }

    private static AgentPage found(AgentsApi agents, int page, String word, @Nullable Boolean enabled) throws ApiException {
        return agents.listAgents(page, 1, "name:asc", word, enabled, null, null, null);
    }

    private static List<String> names(AgentPage page) {
        return page.getData().stream().map(Agent::getName).toList();
    }

    /** Generators know of no event streams; what each event says is described, though. */
    private static List<RunEvent> events(ComposeStack stack, ObjectMapper json, Run run) {
        List<RunEvent> events = new ArrayList<>();
        Http.get(stack.frontDoor() + "/api/runs/" + run.getId() + "/events")
                .orThrow()
                .body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .forEach(line -> events.add(read(json, line.substring("data: ".length()), RunEvent.class)));
        return events;
    }

    private static String text(List<RunEvent> events) {
        StringBuilder text = new StringBuilder();
        events.forEach(event -> {
            if (event.getActualInstance() instanceof TextDeltaEvent delta) {
                text.append(delta.getText());
            }
        });
        return text.toString();
    }

    private static ApiException refusal(ThrowingCallable request) {
        return catchThrowableOfType(ApiException.class, request);
    }

    private static Problem problem(ObjectMapper json, ApiException refusal) {
        assertThat(refusal.getResponseHeaders().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        return read(json, refusal.getResponseBody(), Problem.class);
    }

    private static <T> T read(ObjectMapper json, String text, Class<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new AssertionError("Not as described: " + text, e);
        }
    }
}
