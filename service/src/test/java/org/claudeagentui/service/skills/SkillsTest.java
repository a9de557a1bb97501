package org.claudeagentui.service.skills;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.claudeagentui.service.testing.RunningService;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.StringReader;

import static org.assertj.core.api.Assertions.assertThat;

class SkillsTest {
    private static final String WHOLE = """
            {"name": "brevity", "displayName": "Brevity", "description": "Keeps it short", "content": "Be brief.", "category": "style",
             "version": "1.2", "license": "MIT", "inputFields": [{"name": "words", "type": "number"}, {"name": "words", "type": "number"}],
             "allowedTools": ["files__read"]}""";

    @AutoClose
    private static final RunningService SERVICE = RunningService.start();

    @BeforeEach
    void forgetAll() {
        SERVICE.strapi().reset();
    }

    @Test
    void createdSkillIsFoundAsItWasSent() {
        var created = SERVICE.send("POST", "/api/skills", WHOLE);

        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo("/api/skills/" + created.json().getString("id"));
        var expected = Json.createObjectBuilder(json(WHOLE))
                .add("id", created.json().getString("id"))
                .add("createdAt", "2026-01-02T03:04:05.678Z")
                .add("updatedAt", "2026-01-02T03:04:05.678Z")
                .build();
        assertThat(SERVICE.get(created.header("Location")).json()).isEqualTo(expected).isEqualTo(created.json());
    }

    @Test
    void patchChangesOnlyWhatItNamesAndPutUnsetsTheRest() {
        var before = SERVICE.send("POST", "/api/skills", WHOLE).json();
        var address = "/api/skills/" + before.getString("id");

        var patched = SERVICE.send("PATCH", address, "{\"version\": \"1.3\", \"license\": null, \"inputFields\": null}").json();
        assertThat(patched).isEqualTo(Json.createObjectBuilder(before)
                .add("version", "1.3")
                .remove("license")
                .add("inputFields", JsonValue.EMPTY_JSON_ARRAY)
                .build());
        assertThat(SERVICE.send("PUT", address, "{\"name\": \"brief\"}").json().keySet()).containsExactlyInAnyOrder("id", "name",
                "inputFields",
                "allowedTools", "createdAt", "updatedAt");
    }

    @Test
    void deletedSkillIsGone() {
        var address = SERVICE.send("POST", "/api/skills", WHOLE).header("Location");

        assertThat(SERVICE.send(SERVICE.request(address).DELETE()).status()).isEqualTo(204);
        assertThat(SERVICE.get(address).status()).isEqualTo(404);
        assertThat(SERVICE.send(SERVICE.request(address).DELETE()).json().getString("detail")).contains("skill");
    }

    @Test
    void listsAreSortedSearchedAndNarrowed() {
        SERVICE.send("POST", "/api/skills", WHOLE);
        SERVICE.send("POST", "/api/skills", "{\"name\": \"verbosity\", \"category\": \"vice\"}");

        assertThat(SERVICE.get("/api/skills?sort=name:desc").texts("name")).containsExactly("verbosity", "brevity");
        assertThat(SERVICE.get("/api/skills?search=BREV").texts("name")).containsExactly("brevity");
        assertThat(SERVICE.get("/api/skills?category=vice").texts("name")).containsExactly("verbosity");
        assertThat(SERVICE.get("/api/skills?license=MIT").texts("name")).containsExactly("brevity");
        assertThat(SERVICE.get("/api/skills?sort=content").wrongFields()).containsExactly("sort");
    }

    @Test
    void everyWrongFieldIsNamedAtOnce() {
        var refused = SERVICE.send("POST", "/api/skills", """
                {"name": "", "displayName": 1, "description": [], "content": {}, "category": "", "version": "", "license": "",
                 "inputFields": ["a"], "allowedTools": ["a", "a"], "files": [1]}""");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.wrongFields()).containsExactlyInAnyOrder("name", "displayName", "description", "content", "category", "version",
                "license", "inputFields", "allowedTools", "files");
        assertThat(SERVICE.strapi().requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"name, 100", "displayName, 100", "description, 2000", "content, 100000", "category, 50", "version, 50", "license, 100"})
    void longestTextsAreTakenAndLongerOnesNot(String member, int most) {
        assertThat(SERVICE.send("POST", "/api/skills", with(member, "x".repeat(most))).status()).isEqualTo(201);
        assertThat(SERVICE.send("POST", "/api/skills", with(member, "x".repeat(most + 1))).wrongFields()).containsExactly(member);
    }

    @Test
    void secondSkillOfANameIsAConflict() {
        SERVICE.send("POST", "/api/skills", WHOLE);

        var second = SERVICE.send("POST", "/api/skills", WHOLE);

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.wrongFields()).containsExactly("name");
    }

    private static String with(String member, String value) {
        return Json.createObjectBuilder(json(WHOLE)).add(member, value).build().toString();
    }

    private static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}
