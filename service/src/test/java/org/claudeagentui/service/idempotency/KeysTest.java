package org.claudeagentui.service.idempotency;

import com.zaxxer.hikari.HikariDataSource;
import org.claudeagentui.service.runs.LocalPostgres;
import org.claudeagentui.service.web.ProblemException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Claims of keys, against a real PostgreSQL. */
class KeysTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration NO_TIME = Duration.ofMillis(-1);
    private static final KeptAnswer ANSWER = new KeptAnswer(201, "/api/skills/a", Optional.of("\"tag\""), "{\"id\":\"a\"}");

    @AutoClose
    private HikariDataSource pool;
    private Keys keys;
    private KeyedRequest request;

    @BeforeEach
    void connect() throws Exception {
        pool = LocalPostgres.shared().pool();
        keys = new Keys(LocalPostgres.client(pool));
        var digits = UUID.randomUUID().toString().replace("-", "");
        request = new KeyedRequest(digits, digits);
    }

    @Test
    void theFirstOneHasTheClaimAndTheOthersWait() {
        assertThat(keys.claim(request, "made", LONG)).isInstanceOfSatisfying(Claim.Granted.class, claim -> assertThat(claim.made())
                .isEqualTo("made"));
        assertThat(keys.claim(request, "other", LONG)).isInstanceOf(Claim.Busy.class);
    }

    @Test
    void theAnswerIsGivenAgainAsItWas() {
        keys.answer(request, granted("made", LONG).token(), ANSWER);

        assertThat(keys.claim(request, "other", LONG)).isEqualTo(new Claim.Answered(ANSWER));
    }

    @Test
    void anAnswerNeedsNoTag() {
        var untagged = new KeptAnswer(201, "/api/skills/a", Optional.empty(), "{}");
        keys.answer(request, granted("made", LONG).token(), untagged);

        assertThat(keys.claim(request, "other", LONG)).isEqualTo(new Claim.Answered(untagged));
    }

    @Test
    void anotherBodyIsRefusedAtWorkAndAfterwards() {
        var another = new KeyedRequest(request.key(), "00".repeat(32));
        var claim = granted("made", NO_TIME);

        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> keys.claim(another, "other", LONG));
        keys.answer(request, claim.token(), ANSWER);
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> keys.claim(another, "other", LONG))
                .satisfies(e -> assertThat(e.problem().status()).isEqualTo(422));
    }

    @Test
    void aFailureLeavesTheKeyToTheNextOne() {
        keys.release(request, granted("made", LONG).token());

        assertThat(granted("other", LONG).made()).isEqualTo("other");
    }

    @Test
    void whoTakesOverMakesTheSameThing() {
        granted("made", NO_TIME);

        assertThat(granted("other", LONG).made()).isEqualTo("made");
    }

    @Test
    void whoWasTakenOverHasNoMoreToSay() {
        var late = granted("made", NO_TIME);
        granted("other", LONG);

        keys.answer(request, late.token(), ANSWER);
        keys.release(request, late.token());

        assertThat(keys.claim(request, "third", LONG)).isInstanceOf(Claim.Busy.class);
    }

    @Test
    void ofVeryManyTheNewestStay() {
        var oldest = request;
        keys.answer(oldest, granted("oldest", LONG).token(), ANSWER);
        request = new KeyedRequest("11" + oldest.key().substring(2), oldest.body());
        granted("newer", LONG);
        request = new KeyedRequest("22" + oldest.key().substring(2), oldest.body());
        granted("newest", LONG);

        keys.forgetAllBut(2);

        assertThat(keys.claim(request, "again", LONG)).isInstanceOf(Claim.Busy.class);
        assertThat(keys.claim(new KeyedRequest("11" + oldest.key().substring(2), oldest.body()), "again", LONG)).isInstanceOf(
                Claim.Busy.class);
        assertThat(keys.claim(oldest, "again", LONG)).isInstanceOf(Claim.Granted.class);
    }

    private Claim.Granted granted(String made, Duration patience) {
        return (Claim.Granted) keys.claim(request, made, patience);
    }
}
