package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.runs.RunApi;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.Answer;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

@AcceptanceTest
class FrontDoorIT {
    private static final int LIMIT = 50 * 1024 * 1024;

    @Test
    @Promise(value = "TOP-6", part = "web UI on 80")
    @Promise(value = "TOP-6", part = "/api/ to the service")
    @Promise(value = "TOP-6", part = "/strapi/ to Strapi")
    void oneOriginServesAllThree(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "the frontend's port 80 gives the UI's page, the service's agents as the service itself gives them, and Strapi's health");

        Answer page = Http.get(stack.frontDoor() + "/");
        Answer agents = Http.get(stack.frontDoor() + "/api/agents");
        Answer direct = Http.get("http://127.0.0.1:" + stack.port("EXPRESS_PORT") + "/api/agents");
        int strapi = Http.get(stack.frontDoor() + "/strapi/_health").status();
        evidence.observed("/ %d %s, /api/agents %d, the same as directly: %s, /strapi/_health %d".formatted(page.status(), page.headers()
                .firstValue("content-type")
                .orElse(""), agents.status(), agents.json().equals(direct.json()), strapi));

        assertThat(page.orThrow().body()).contains("<div id=");
        assertThat(agents.orThrow().json()).isEqualTo(direct.orThrow().json());
        assertThat(strapi).isEqualTo(204);
    }

    @Test
    @Promise(value = "TOP-4", part = "Strapi 5 in production mode")
    @Promise(value = "TOP-4", part = "agent, skill")
    @Promise(value = "TOP-4", part = "task, chat-session, chat-message")
    void strapiFiveRunsInProductionMode(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "Strapi says that it is version 5 in the environment production without reloading, and lists the types agent, skill, task, chat-session and chat-message");

        StrapiAdmin admin = StrapiAdmin.signIn(stack);
        var information = admin.get("/admin/information").orThrow().json().at("/data");
        var types = admin.get("/content-manager/content-types").orThrow().json().at("/data").findValuesAsText("uid");
        evidence.observed("version %s, environment %s, reloads: %s; types %s".formatted(information.path("strapiVersion").asText(),
                information.path(
                        "currentEnvironment").asText(), information.path("autoReload"), types));

        assertThat(information.path("strapiVersion").asText()).startsWith("5.");
        assertThat(information.path("currentEnvironment").asText()).isEqualTo("production");
        assertThat(information.path("autoReload").asBoolean()).isFalse();
        assertThat(types).contains("api::agent.agent", "api::skill.skill", "api::task.task", "api::chat-session.chat-session",
                "api::chat-message.chat-message");
    }

    @Test
    @Promise(value = "TOP-4", part = "mcp-server")
    void mcpServersAreAContentTypeOfStrapi(ComposeStack stack, Evidence evidence) {
        evidence.expected("Strapi lists the type mcp-server, and has an entry of it that was made through the service");

        String name = "Kept in Strapi " + UUID.randomUUID();
        String id = new RunApi(stack.frontDoor(), Duration.ofSeconds(10)).mcpServer(name,
                "{\"transport\":\"http\",\"url\":\"https://example.com/mcp\"}");
        StrapiAdmin admin = StrapiAdmin.signIn(stack);
        var types = admin.get("/content-manager/content-types").orThrow().json().at("/data").findValuesAsText("uid");
        var entry = admin.get("/content-manager/collection-types/api::mcp-server.mcp-server/" + id).orThrow().json().path("data");
        evidence.observed("types %s; the entry %s: %s".formatted(types.stream().filter(type -> type.startsWith("api::")).toList(), entry
                .path("name")
                .asText(), entry.path("url").asText()));

        assertThat(types).contains("api::mcp-server.mcp-server");
        assertThat(entry.path("name").asText()).isEqualTo(name);
        assertThat(entry.path("url").asText()).isEqualTo("https://example.com/mcp");
    }

    @Test
    @Promise(value = "TOP-4", part = "uploads over 50 MB refused")
    void uploadsOverFiftyMegabytesAreRefused(ComposeStack stack, Evidence evidence) {
        evidence.expected("%d bytes are taken; one byte more is refused with 413, directly and through nginx".formatted(LIMIT));

        StrapiAdmin admin = StrapiAdmin.signIn(stack);
        int taken = StrapiAdmin.uploadByToken(stack, "limit.txt", new byte[LIMIT]).status();
        int direct = admin.upload("over.txt", new byte[LIMIT + 1]).status();
        int throughNginx = StrapiAdmin.uploadByToken(stack, "over.txt", new byte[LIMIT + 1]).status();
        evidence.observed("at the limit %d, over it directly %d, through nginx %d".formatted(taken, direct, throughNginx));

        assertThat(taken).isEqualTo(201);
        assertThat(direct).isEqualTo(413);
        assertThat(throughNginx).isEqualTo(413);
    }
}
