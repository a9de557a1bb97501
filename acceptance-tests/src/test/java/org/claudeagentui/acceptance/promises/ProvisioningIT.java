package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What a first start makes, with nobody at a keyboard. */
@AcceptanceTest
class ProvisioningIT {
    @Test
    @Promise(value = "ENV-7", part = "API token")
    void theServicesTokenWorks(ComposeStack stack, Evidence evidence) {
        evidence.expected("with STRAPI_API_TOKEN Strapi lists agents (200); with another token it doesn't (401)");

        int right = agentsWith(stack, stack.env().require("STRAPI_API_TOKEN"));
        int wrong = agentsWith(stack, "not-the-token-of-this-stack");
        evidence.observed("right token %d, wrong token %d".formatted(right, wrong));

        assertThat(right).isEqualTo(200);
        assertThat(wrong).isEqualTo(401);
    }

    @Test
    @Promise(value = "ENV-7", part = "database roles")
    void theServicesRoleHasItsSchemaAndNoMore(ComposeStack stack, Evidence evidence) {
        evidence.expected("the role express may sign in, is no superuser, may create in the schema runs, and may not read Strapi's agents");

        List<String> rights = stack.query("SELECT rolcanlogin, rolsuper, has_schema_privilege('express', 'runs', 'CREATE'),"
                + " has_table_privilege('express', 'public.agents', 'SELECT') FROM pg_roles WHERE rolname = 'express'");
        evidence.observed("sign in, superuser, create in runs, read agents: " + rights);

        assertThat(rights).containsExactly("t|f|t|f");
    }

    @Test
    @Promise(value = "ENV-7", part = "first administrator")
    void theFirstAdministratorCanSignIn(ComposeStack stack, Evidence evidence) {
        evidence.expected("STRAPI_ADMIN_EMAIL with STRAPI_ADMIN_PASSWORD signs in at /admin/login (200); another password doesn't (400);"
                + " APP_ADMIN_EMAIL with APP_ADMIN_PASSWORD signs in at /api/session (200)");

        int right = signIn(stack, stack.env().require("STRAPI_ADMIN_PASSWORD"));
        int wrong = signIn(stack, "Wrong-Guess-1");
        int application = Http.send(HttpRequest.newBuilder(URI.create(stack.frontDoor() + "/api/session"))
                .header("Content-Type", "application/json")
                .header("Cookie", "none=yet")
                .POST(HttpRequest.BodyPublishers.ofString("{\"identifier\":\"%s\",\"password\":\"%s\"}".formatted(stack.env()
                        .get("APP_ADMIN_EMAIL")
                        .orElse("admin@example.com"), stack.env().require("APP_ADMIN_PASSWORD"))))).status();
        evidence.observed("right password %d, wrong password %d; at the application %d".formatted(right, wrong, application));

        assertThat(right).isEqualTo(200);
        assertThat(wrong).isEqualTo(400);
        assertThat(application).isEqualTo(200);
    }

    private static int agentsWith(ComposeStack stack, String token) {
        return Http.send(HttpRequest.newBuilder(URI.create(strapi(stack) + "/api/agents")).header("Authorization", "Bearer " + token).GET())
                .status();
    }

    private static int signIn(ComposeStack stack, String password) {
        String email = stack.env().get("STRAPI_ADMIN_EMAIL").orElse("admin@example.com");
        return Http.postJson(strapi(stack) + "/admin/login", "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password)).status();
    }

    private static String strapi(ComposeStack stack) {
        return "http://127.0.0.1:" + stack.port("STRAPI_PORT");
    }
}
