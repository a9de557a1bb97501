package org.claudeagentui.service.entries;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import org.claudeagentui.service.security.Caller;
import org.claudeagentui.service.security.Role;
import org.claudeagentui.service.strapi.ContentType;
import org.claudeagentui.service.strapi.StrapiBefore;
import org.claudeagentui.service.testing.FakeStrapi;
import org.claudeagentui.service.web.FieldError;
import org.claudeagentui.service.web.Form;
import org.claudeagentui.service.web.ListQuery;
import org.claudeagentui.service.web.Rule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;

/** Entries that are their makers', with a memory that never forgets. */
class OwnedEntriesTest {
    private static final Caller ADA = new Caller("ada", "Ada", Role.USER);
    private static final Caller BOB = new Caller("bob", "Bob", Role.USER);
    private static final Caller ROOT = new Caller("root", "Root", Role.ADMINISTRATOR);
    private static final ListQuery ALL = new ListQuery(1, 25, Optional.empty(), Optional.empty());

    private final FakeStrapi fake = FakeStrapi.start();
    private final Entries<JsonObject> entries = new Entries<>(StrapiBefore.remembering(fake), ContentType.TASK, new NameForm(), Function
            .identity(), Function.identity(), Ownership.makers(entry -> Attributes.text(entry, "owner")));
    private String adas = "";

    @BeforeEach
    void makeOne() {
        adas = ADA.call(() -> entries.create(named("Ada's"), Optional.empty())).entry().getString("documentId");
    }

    @AfterEach
    void stop() {
        fake.close();
    }

    @Test
    void theirMakerAndAdministratorsSeeThemAndNobodyElse() {
        for (Caller caller : List.of(ADA, ROOT, BOB, ADA)) {
            var seen = !caller.equals(BOB);
            assertThat(caller.call(() -> entries.find(adas)).isPresent()).as(caller.name()).isEqualTo(seen);
            assertThat(caller.call(() -> entries.findNow(adas)).isPresent()).as(caller.name()).isEqualTo(seen);
            assertThat(caller.call(() -> list()).contains("Ada's")).as(caller.name()).isEqualTo(seen);
            assertThat(caller.call(() -> list()).contains("\"total\":1")).as(caller.name()).isEqualTo(seen);
        }
    }

    @Test
    void nobodyElseChangesThem() {
        assertThat(BOB.call(() -> entries.replace(adas, named("Bob's"), Optional.empty()))).isEmpty();
        assertThat(BOB.call(() -> entries.change(adas, named("Bob's"), Optional.empty()))).isEmpty();
        assertThat(BOB.call(() -> entries.delete(adas, Optional.empty()))).isFalse();
        assertThat(ADA.call(() -> entries.find(adas)).orElseThrow().getString("name")).isEqualTo("Ada's");
        assertThat(ROOT.call(() -> entries.change(adas, named("Kept"), Optional.empty()).orElseThrow().entry().getString("owner")))
                .isEqualTo("ada");
        assertThat(ADA.call(() -> entries.delete(adas, Optional.empty()))).isTrue();
    }

    private String list() {
        return new String(entries.list(ALL).value().bytes(), StandardCharsets.UTF_8);
    }

    private static JsonObject named(String name) {
        return Json.createObjectBuilder().add("name", name).build();
    }

    private static final class NameForm extends EntryForm {
        private NameForm() {
            super(new Form(new LinkedHashMap<>(Map.of("name", Rule.text(1, 20), "owner", Rule.text(1, 20), "documentId", Rule.text(1, 64),
                    "id", Rule.whole(1, 1000), "createdAt", Rule.text(1, 64), "updatedAt", Rule.text(1, 64))), Set.of()), Set.of("owner",
                            "documentId", "id", "createdAt", "updatedAt"));
        }

        @Override
        protected List<FieldError> contradictions(JsonObject entry) {
            return List.of();
        }
    }
}
