package org.claudeagentui.service.strapi;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import org.claudeagentui.service.settings.Secret;
import org.claudeagentui.service.settings.Settings;
import org.claudeagentui.service.testing.FakeStrapi;
import org.claudeagentui.service.testing.FakeStrapi.Mood;
import org.claudeagentui.service.web.ListQuery;
import org.claudeagentui.service.web.Page;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class ShelfTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration AT_ONCE = Duration.ofSeconds(4);
    private static final ListQuery FIRST_PAGE = new ListQuery(1, 25, Optional.empty(), Optional.empty());
    /** Nothing is asked anew while changes are told of, everything while they aren't. */
    private static final StrapiLimits LIMITS = new StrapiLimits(LONG, Duration.ZERO, LONG, Duration.ofSeconds(10), Duration.ofSeconds(2),
            Duration.ofMillis(100), 4, 100, 1_000_000);

    @AutoClose
    private final FakeStrapi fake = FakeStrapi.start();
    @AutoClose
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private final ConcurrentLinkedQueue<Source> sources = new ConcurrentLinkedQueue<>();
    private Memory memory;
    private Strapi strapi;
    private Shelf<ListQuery, List<String>> agents;
    private Shelf<String, String> agent;
    private String ada;

    @BeforeEach
    void keepAnAgent() {
        with(limits -> limits);
        ada = fake.keep(named("Ada"));
    }

    @AfterEach
    void letGo() {
        fake.release();
        fake.is(Mood.WELL);
    }

    private void with(UnaryOperator<StrapiLimits> changed) {
        var limits = changed.apply(LIMITS);
        memory = new Memory(limits, new Changes(limits), sources::add);
        strapi = new Strapi(StrapiClients.client(new Settings.Strapi(fake.url(), new Secret(FakeStrapi.TOKEN))), memory);
        agents = strapi.pages(ContentType.AGENT, ShelfTest::names, _ -> 100);
        agent = strapi.entries(ContentType.AGENT, entry -> entry.map(it -> it.getString("name")).orElse("nobody"), _ -> 100);
        memory.changes().opened();
    }

    @Test
    void howeverManyAskStrapiIsAskedOnce() {
        fake.hold();
        var answers = many(50, () -> agents.read(FIRST_PAGE));
        await().atMost(AT_ONCE).until(() -> memory.waiting().availablePermits() == LIMITS.mostWaiting() - 50);
        fake.release();

        assertThat(answers).allSatisfy(answer -> assertThat(answer.join().value()).containsExactly("Ada"));
        assertThat(fake.requests()).hasSize(1);
    }

    @Test
    void whatIsRememberedIsGivenWithoutAsking() {
        agents.read(FIRST_PAGE);
        fake.is(Mood.HANGING);

        var again = agents.read(FIRST_PAGE);

        assertThat(again.value()).containsExactly("Ada");
        assertThat(again.stale()).isFalse();
        assertThat(fake.requests()).hasSize(1);
        assertThat(sources).containsExactly(Source.STRAPI, Source.MEMORY);
    }

    @Test
    void aReadUnderWayWhenAWriteEndsIsGivenToNobodyWhoComesLater() {
        fake.hold();
        var before = clients.submit(() -> agent.read(ada));
        fake.awaitHeld(1);

        strapi.update(ContentType.AGENT, ada, named("Countess"), Expectation.NONE);
        var after = clients.submit(() -> agent.read(ada));
        fake.awaitHeld(2);
        fake.release();

        assertThat(before).succeedsWithin(AT_ONCE).satisfies(answer -> assertThat(answer.value()).isEqualTo("Ada"));
        assertThat(after).succeedsWithin(AT_ONCE).satisfies(answer -> assertThat(answer.value()).isEqualTo("Countess"));
        assertThat(agent.read(ada).value()).isEqualTo("Countess");
    }

    @Test
    void anOldReadThatLandsLateDoesNotTakeTheNewOnesPlace() {
        fake.hold();
        var before = clients.submit(() -> agent.read(ada));
        fake.awaitHeld(1);
        strapi.update(ContentType.AGENT, ada, named("Countess"), Expectation.NONE);
        fake.holdNoMore();
        assertThat(agent.read(ada).value()).isEqualTo("Countess");

        fake.release();

        assertThat(before).succeedsWithin(AT_ONCE);
        assertThat(agent.read(ada).value()).isEqualTo("Countess");
        assertThat(sources).last().isEqualTo(Source.MEMORY);
    }

    @Test
    void everyKindOfWriteIsSeenAtOnce() {
        assertThat(agents.read(FIRST_PAGE).value()).containsExactly("Ada");

        strapi.create(ContentType.AGENT, named("Bob"), Optional.empty());
        assertThat(agents.read(FIRST_PAGE).value()).containsExactly("Ada", "Bob");
        strapi.update(ContentType.AGENT, ada, named("Zoë"), Expectation.NONE);
        assertThat(agents.read(FIRST_PAGE).value()).containsExactly("Bob", "Zoë");
        strapi.delete(ContentType.AGENT, ada, Expectation.NONE);
        assertThat(agents.read(FIRST_PAGE).value()).containsExactly("Bob");
        assertThat(agent.read(ada).value()).isEqualTo("nobody");
    }

    @Test
    void aWriteThatFailsMayHaveBeenDone() {
        agents.read(FIRST_PAGE);
        fake.is(Mood.AWAY);
        assertThatExceptionOfType(StrapiException.Unavailable.class)
                .isThrownBy(() -> strapi.update(ContentType.AGENT, ada, named("Countess"), Expectation.NONE));
        fake.is(Mood.WELL);

        agents.read(FIRST_PAGE);

        assertThat(fake.requests()).filteredOn(request -> request.startsWith("GET")).hasSize(2);
    }

    @Test
    void anAnnouncementDropsWhatItIsPartOfAndNothingElse() {
        var servers = strapi.pages(ContentType.MCP_SERVER, ShelfTest::names, _ -> 100);
        var asked = new ArrayList<Integer>();
        for (var changed : List.of("agents", "skills", "mcp-servers", "uploads")) {
            agents.read(FIRST_PAGE);
            servers.read(FIRST_PAGE);
            var before = fake.requests().size();
            memory.changes().heard(changed);
            agents.read(FIRST_PAGE);
            servers.read(FIRST_PAGE);
            asked.add(fake.requests().size() - before);
        }

        assertThat(asked).containsExactly(1, 1, 2, 0);
    }

    @Test
    void aChangeToOneEntryLeavesWhatIsRememberedOfOthers() {
        var bob = fake.keep(named("Bob"));
        var asked = new ArrayList<Integer>();
        for (var changed : List.of("agents:" + ada, "agents:" + bob, "agents", "skills:writing")) {
            agent.read(ada);
            agents.read(FIRST_PAGE);
            var before = fake.requests().size();
            memory.changes().heard(changed);
            agent.read(ada);
            agents.read(FIRST_PAGE);
            asked.add(fake.requests().size() - before);
        }

        assertThat(asked).as("the entry and the list, where another changed the list alone").containsExactly(2, 1, 2, 2);
    }

    @Test
    void aWriteToOneEntryLeavesWhatIsRememberedOfOthers() {
        agent.read(ada);
        var bob = strapi.create(ContentType.AGENT, named("Bob"), Optional.empty()).getString("documentId");
        strapi.update(ContentType.AGENT, bob, named("Robert"), Expectation.NONE);
        strapi.delete(ContentType.AGENT, bob, Expectation.NONE);
        fake.is(Mood.HANGING);

        assertThat(agent.read(ada).value()).isEqualTo("Ada");
    }

    @Test
    void nothingFromBeforeTheConnectionCameBackIsFresh() {
        agents.read(FIRST_PAGE);
        memory.changes().closed();
        memory.changes().opened();

        agents.read(FIRST_PAGE);
        agents.read(FIRST_PAGE);

        assertThat(sources).containsExactly(Source.STRAPI, Source.STRAPI, Source.MEMORY);
    }

    @Test
    void aConnectionThatProvesNothingIsNotTrusted() {
        agents.read(FIRST_PAGE);

        await().atMost(Duration.ofSeconds(5)).until(() -> memory.changes().lifetime(System.nanoTime(), System.nanoTime()).isZero());
        agents.read(FIRST_PAGE);

        assertThat(sources).containsExactly(Source.STRAPI, Source.STRAPI);
    }

    @Test
    void renewsInTheBackgroundBeforeAnAnswerIsTooOld() {
        with(limits -> fresh(limits, Duration.ofSeconds(3)));
        agents.read(FIRST_PAGE);
        fake.keep(named("Bob"));
        fake.hold();

        await().pollInterval(Duration.ofMillis(20)).atMost(Duration.ofSeconds(10)).until(() -> {
            memory.changes().proven();
            assertThat(agents.read(FIRST_PAGE).value()).containsExactly("Ada");
            return fake.requests().size() == 2;
        });
        assertThat(sources).startsWith(Source.STRAPI).filteredOn(source -> source != Source.MEMORY).hasSize(1);
        fake.release();
        await().atMost(AT_ONCE).until(() -> agents.read(FIRST_PAGE).value().contains("Bob"));
        assertThat(fake.requests()).hasSize(2);
    }

    @Test
    void staleAnswersAreGivenWhileStrapiIsAwayAndFreshOnesOnceItIsBack() {
        agents.read(FIRST_PAGE);
        fake.keep(named("Bob"));
        memory.changes().closed();

        for (var mood : List.of(Mood.AWAY, Mood.BROKEN, Mood.TALKING_NONSENSE)) {
            fake.is(mood);
            var stale = agents.read(FIRST_PAGE);
            assertThat(stale.value()).containsExactly("Ada");
            assertThat(stale.stale()).isTrue();
            assertThat(stale.age()).isPositive();
        }
        fake.is(Mood.WELL);

        await().atMost(Duration.ofSeconds(5)).until(() -> agents.read(FIRST_PAGE).value().contains("Bob"));
    }

    @Test
    void staleAnswersHaveABound() {
        with(limits -> stale(limits, Duration.ofSeconds(1)));
        agents.read(FIRST_PAGE);
        memory.changes().closed();
        fake.is(Mood.AWAY);
        assertThat(agents.read(FIRST_PAGE).stale()).isTrue();

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThatExceptionOfType(StrapiException.Unavailable.class).isThrownBy(() -> agents.read(
                        FIRST_PAGE)));
    }

    @Test
    void whatIsKnownToBeChangedIsNeverGivenAgain() {
        agent.read(ada);
        fake.is(Mood.AWAY);

        memory.changes().heard("agents");

        assertThatExceptionOfType(StrapiException.Unavailable.class).isThrownBy(() -> agent.read(ada));
    }

    @Test
    void whoCanBeGivenAStaleAnswerDoesNotWaitLongForASlowStrapi() {
        with(limits -> patience(limits, SHORT));
        agents.read(FIRST_PAGE);
        memory.changes().closed();
        fake.is(Mood.HANGING);
        var start = System.nanoTime();

        var answers = many(500, () -> agents.read(FIRST_PAGE));

        assertThat(answers).allSatisfy(answer -> assertThat(answer.join().stale()).isTrue());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT, AT_ONCE);
        assertThat(fake.requests()).hasSize(2);
    }

    @Test
    void noRequestOutlastsItsDeadline() {
        with(limits -> deadline(limits, SHORT));
        fake.is(Mood.HANGING);
        var start = System.nanoTime();

        assertThatExceptionOfType(StrapiException.Unavailable.class).isThrownBy(() -> agents.read(FIRST_PAGE));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT, AT_ONCE);
        await("the request's end").atMost(AT_ONCE).until(() -> memory.gate().free() == LIMITS.atOnce());
    }

    @Test
    void fewRequestsAtOnceGoToStrapiAndFewWait() {
        fake.hold();

        var answers = many(300, query -> agents.read(page(query)));

        fake.awaitHeld(LIMITS.atOnce());
        await().atMost(AT_ONCE).until(() -> answers.stream().filter(CompletableFuture::isDone).count() == 200);
        assertThat(fake.requests()).hasSize(LIMITS.atOnce());
        fake.release();
        await().atMost(Duration.ofSeconds(10)).until(() -> answers.stream().allMatch(CompletableFuture::isDone));
        assertThat(answers).filteredOn(CompletableFuture::isCompletedExceptionally).hasSize(200);
        assertThat(fake.requests()).hasSize(LIMITS.mostWaiting());
    }

    @Test
    void aStrapiThatFailsIsSparedAndTakenUpAgain() {
        fake.is(Mood.BROKEN);
        var start = System.nanoTime();
        for (var page = 1; page <= 200; page++) {
            var query = page(page);
            assertThatExceptionOfType(StrapiException.Unavailable.class).isThrownBy(() -> agents.read(query));
        }
        var rests = Duration.ofNanos(System.nanoTime() - start).dividedBy(LIMITS.rest());
        // Three failures, the first of which is tried three times, and one request after each rest.
        assertThat(fake.requests()).hasSizeLessThanOrEqualTo(6 + (int) rests);

        fake.is(Mood.WELL);

        await().atMost(AT_ONCE).untilAsserted(() -> assertThat(agents.read(FIRST_PAGE).value()).containsExactly("Ada"));
    }

    @Test
    void whatDecidesAWriteIsAskedNow() {
        agent.read(ada);
        fake.is(Mood.AWAY);

        assertThatExceptionOfType(StrapiException.Unavailable.class).isThrownBy(() -> strapi.findNow(ContentType.AGENT, ada));
    }

    @Test
    void secretsAreNotRemembered() {
        var server = fake.keepServer(Json.createObjectBuilder(named("Files")).add("env", named("hush")).build());
        strapi.secrets(server);
        fake.is(Mood.AWAY);

        assertThatExceptionOfType(StrapiException.Unavailable.class).isThrownBy(() -> strapi.secrets(server));
    }

    private static StrapiLimits fresh(StrapiLimits it, Duration fresh) {
        return new StrapiLimits(fresh, it.freshUntold(), it.stale(), it.deadline(), it.patience(), it.rest(), it.atOnce(), it.mostWaiting(),
                it.weight());
    }

    private static StrapiLimits stale(StrapiLimits it, Duration stale) {
        return new StrapiLimits(it.fresh(), it.freshUntold(), stale, it.deadline(), it.patience(), it.rest(), it.atOnce(), it.mostWaiting(),
                it.weight());
    }

    private static StrapiLimits patience(StrapiLimits it, Duration patience) {
        return new StrapiLimits(it.fresh(), it.freshUntold(), it.stale(), it.deadline(), patience, it.rest(), it.atOnce(), it.mostWaiting(),
                it.weight());
    }

    private static StrapiLimits deadline(StrapiLimits it, Duration deadline) {
        return new StrapiLimits(it.fresh(), it.freshUntold(), it.stale(), deadline, it.patience(), it.rest(), it.atOnce(), it.mostWaiting(),
                it.weight());
    }

    private <T> List<CompletableFuture<T>> many(int count, Supplier<T> question) {
        return many(count, _ -> question.get());
    }

    private <T> List<CompletableFuture<T>> many(int count, IntFunction<T> question) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> CompletableFuture.supplyAsync(() -> question.apply(i), clients)).toList();
    }

    private static ListQuery page(int number) {
        return new ListQuery(number, 25, Optional.empty(), Optional.empty());
    }

    private static List<String> names(Page<JsonObject> page) {
        return page.data().stream().map(entry -> entry.getString("name")).toList();
    }

    private static JsonObject named(String name) {
        return Json.createObjectBuilder().add("name", name).add("systemPrompt", "You add numbers.").build();
    }
}
