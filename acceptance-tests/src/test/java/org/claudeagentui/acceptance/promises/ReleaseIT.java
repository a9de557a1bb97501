package org.claudeagentui.acceptance.promises;

import com.github.dockerjava.api.command.InspectImageResponse;
import org.assertj.core.api.SoftAssertions;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.report.RunEnvironment;
import org.claudeagentui.acceptance.stack.AcceptanceTestBeside;
import org.claudeagentui.acceptance.stack.CommandResult;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Project;
import org.claudeagentui.acceptance.stack.Registry;
import org.claudeagentui.acceptance.stack.Revision;
import org.claudeagentui.acceptance.stack.Service;
import org.claudeagentui.acceptance.stack.Stacks;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A revision's way from the checkout through a registry to another machine, beginning with the two inputs that a registry gives. */
@AcceptanceTestBeside
class ReleaseIT {
    private static final String RECORD = "/var/lib/postgresql/data/server-identity";
    private static final List<String> IMAGES = List.of("base", "postgres", "strapi", "express", "frontend", "standin");
    private static final List<String> RUN_OF_OURS = List.of(Service.STRAPI, Service.EXPRESS, Service.FRONTEND, Service.STANDIN);
    private static final Pattern PUSHED = Pattern.compile("(?m)^ +([a-z]+) +pushed in .* (sha256:[0-9a-f]{64})$");
    private static final List<String> QUOTES = List.of("\"", "'", "`");
    private static final String SERVICE_ADDRESS = "/elsewhere/api";
    private static final String STRAPI_ADDRESS = "/elsewhere/strapi/api";
    private static final String NOT_THE_REAL_ONES = "stand-ins, made from Debian's packages, played debian:trixie-slim and postgres:16-alpine; the real ones were not exercised";

    @Test
    @Promise(value = "TOP-7", part = "revision and date of a release")
    @Promise(value = "TOP-8", part = "with a registry: its two inputs")
    @Promise(value = "TOP-8", part = "pushed, pulled, run as pushed")
    @Promise(value = "TOP-9", part = "two images, two C libraries")
    @Promise(value = "ENV-3", part = "VITE_STRAPI_URL and VITE_EXPRESS_URL change the build")
    @Promise("BKP-7")
    void aRevisionGoesThroughARegistryAndRunsAsItWasPushed(Stacks stacks, Evidence evidence) {
        Revision revision = Revision.of(stacks.project());
        assumeTrue(revision.hasHistory(), "this checkout has no git history that could name a release");
        RunEnvironment.record("officialImages", NOT_THE_REAL_ONES);
        Registry registry = stacks.registry();
        ComposeStack builder = stacks.create();

        takeTheInputsFrom(registry, builder, evidence);
        findTheAddressesInThePage(builder, evidence);
        backUp(builder, evidence);
        Map<String, String> digests = push(registry, builder, revision, evidence);
        pullOnAFreshMachine(registry, stacks.create(), revision, evidence);
        deploy(registry, builder, revision, digests, evidence);
        refuseAnotherDatabase(registry, builder, revision, evidence);
    }

    private static void takeTheInputsFrom(Registry registry, ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "./stack up finds both inputs at the registry, writes and shows that choice, builds on the one, runs the other, and records with the"
                        + " volume what made it");
        String debian = registry.offer("library/debian:trixie-slim", "official-debian", Map.of("DEBIAN_IMAGE", stack.env()
                .require("DEBIAN_IMAGE")));
        String postgres = registry.offer("library/postgres:16-alpine", "official-postgres",
                Map.of("BASE_IMAGE", "claude-base:" + Project.imageTag(), "POSTGRES_IMAGE", "claude-postgres:" + Project.imageTag()));
        stack.set("OFFICIAL_IMAGE_PREFIX", registry.prefix() + "library/")
                .set("IMAGE_PREFIX", registry.prefix() + "claude-")
                .set("IMAGE_TAG", "latest")
                .set("DEBIAN_IMAGE", "")
                .set("POSTGRES_IMAGE", "")
                .set("VITE_EXPRESS_URL", SERVICE_ADDRESS)
                .set("VITE_STRAPI_URL", STRAPI_ADDRESS);

        Instant asked = Instant.now();
        stack.prepare();
        CommandResult up = stack.stack("up");
        List<String> pulls = stack.events().pulls(asked, Instant.now());
        String status = stack.stack("status").out();
        String record = up.succeeded() ? stack.exec(Service.POSTGRES, "cat", RECORD).orThrow() : "none";
        Map<String, String> plays = new TreeMap<>();
        if (up.succeeded()) {
            RUN_OF_OURS.forEach(service -> plays.put(service, label(running(stack, service), "org.claudeagentui.plays")));
        }
        evidence.observed("%s; pulled %s; DEBIAN_IMAGE=%s, POSTGRES_IMAGE=%s; the images stand on %s; the volume's record: %s; %s"
                .formatted(healthLine(up),
                        pulls, stack.env().get("DEBIAN_IMAGE"), stack.env().get("POSTGRES_IMAGE"), plays, record.replace("\n", " "),
                        NOT_THE_REAL_ONES));

        assertThat(up.exitCode()).as(up.lastLines(5)).isZero();
        assertThat(pulls).contains(debian, postgres);
        assertThat(stack.env().get("DEBIAN_IMAGE")).contains(debian);
        assertThat(stack.env().get("POSTGRES_IMAGE")).contains(postgres);
        assertThat(status).contains(debian + " (from a registry)", postgres + " (from a registry)");
        assertThat(plays.values()).containsOnly("debian:trixie-slim");
        assertThat(record).contains("libc=musl");
    }

    private static void findTheAddressesInThePage(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "built with VITE_EXPRESS_URL=%s and VITE_STRAPI_URL=%s, the page's scripts ask there, and not at the addresses of before"
                        .formatted(SERVICE_ADDRESS, STRAPI_ADDRESS));
        String text = stack.exec(Service.FRONTEND, "bash", "-c", "cat /usr/share/nginx/html/assets/*.js").orThrow();
        List<String> found = Stream.of(SERVICE_ADDRESS, STRAPI_ADDRESS, "/api", "/strapi/api")
                .filter(address -> QUOTES.stream().anyMatch(quote -> text.contains(quote + address + quote)))
                .toList();
        evidence.observed("its scripts have the addresses %s".formatted(found));

        assertThat(found).containsExactly(SERVICE_ADDRESS, STRAPI_ADDRESS);
    }

    private static void backUp(ComposeStack stack, Evidence evidence) {
        evidence.expected("a backup set made and verified in the other PostgreSQL image, with busybox's commands beside it");
        StrapiAdmin.signIn(stack).upload("words.txt", "words ".repeat(1000).getBytes(StandardCharsets.UTF_8)).orThrow();
        BackupSet set = BackupSet.make(stack);
        CommandResult verify = stack.stack("verify", set.name());
        evidence.observed(set.manifest().path("libc").asText() + ": " + verify.lastLines(1));

        assertThat(verify.exitCode()).as(verify.lastLines(5)).isZero();
        assertThat(set.manifest().path("libc").asText()).isEqualTo("musl");
    }

    private static Map<String, String> push(Registry registry, ComposeStack stack, Revision revision, Evidence evidence) {
        evidence.expected(
                "./stack push tags each image with the revision, refuses a changed checkout unless told, and the registry then has what it says");
        CommandResult plain = revision.isClean() ? stack.stack("push") : refusedPush(stack, revision);
        CommandResult push = revision.isClean() ? plain : stack.stack("push", "--dirty");
        Map<String, String> said = new TreeMap<>();
        Matcher matcher = PUSHED.matcher(push.out());
        while (matcher.find()) {
            said.put(matcher.group(1), matcher.group(2));
        }
        Map<String, String> there = new TreeMap<>();
        IMAGES.forEach(image -> registry.digest("claude-" + image + ":" + revision.tag()).ifPresent(digest -> there.put(image, digest)));
        evidence.observed("push of revision %s ended with %d".formatted(revision.tag(), push.exitCode()));
        evidence.table("Digests: what push said, what the registry has", List.of("image", "expected", "observed"),
                IMAGES.stream().map(image -> List.of(image, said.getOrDefault(image, "none"), there.getOrDefault(image, "none"))).toList());
        evidence.figure("push", push.took().toSeconds(), "s");

        assertThat(push.exitCode()).as(push.lastLines(5)).isZero();
        assertThat(said).containsOnlyKeys(IMAGES).isEqualTo(there);
        return said;
    }

    private static CommandResult refusedPush(ComposeStack stack, Revision revision) {
        CommandResult push = stack.stack("push");
        assertThat(push.exitCode()).as(push.lastLines(3)).isEqualTo(20);
        assertThat(push.err()).contains("differs from its revision").contains("--dirty").doesNotContain(revision.tag() + " to");
        return push;
    }

    // Another machine: none of the names is here, the checkout has no history, the env file holds but the release.
    private static void pullOnAFreshMachine(Registry registry, ComposeStack stack, Revision revision, Evidence evidence) {
        evidence.expected(
                "with nothing but IMAGE_PREFIX and IMAGE_TAG, ./stack of a checkout without history pulls the release and PostgreSQL, and builds nothing");
        registry.forget(revision.tag());
        stack.set("OFFICIAL_IMAGE_PREFIX", registry.prefix() + "library/")
                .set("IMAGE_PREFIX", registry.prefix() + "claude-")
                .set("IMAGE_TAG", revision.tag())
                .set("DEBIAN_IMAGE", "")
                .set("POSTGRES_IMAGE", "");
        boolean whole = Boolean.getBoolean("acceptance.full");
        Path elsewhere = stack.directory().resolve("checkout");
        stack.project().copyTo(elsewhere);
        CommandResult made = stack.stackFrom(elsewhere, whole ? "up" : "prepare");
        List<String> pulled = made.out()
                .lines()
                .filter(line -> line.startsWith("Fetching "))
                .map(line -> line.substring(line.lastIndexOf('/') + 1))
                .toList();
        evidence.observed("./stack %s: exit code %d, pulled %s".formatted(whole ? "up" : "prepare", made.exitCode(), pulled));

        assertThat(made.exitCode()).as(made.lastLines(5)).isZero();
        assertThat(made.out()).doesNotContain("Building");
        assertThat(pulled).containsExactlyInAnyOrder(IMAGES.stream()
                .filter(image -> !image.equals(Service.POSTGRES))
                .map(image -> "claude-" + image + ":" + revision.tag())
                .toArray(String[]::new));
        assertThat(stack.env().get("DEBIAN_IMAGE")).isEmpty();
        assertThat(stack.env().require("POSTGRES_IMAGE")).endsWith("library/postgres:16-alpine");
        stack.stop();
    }

    private static void deploy(Registry registry, ComposeStack stack, Revision revision, Map<String, String> digests, Evidence evidence) {
        evidence.expected(
                "docker compose pull && docker compose up -d bring the running stack to the release: healthy, the images pushed, labelled with revision"
                        + " and commit time; ./stack up takes it as it is; a tag that the registry hasn't got is refused and changes nothing");
        registry.forget(revision.tag());
        stack.set("IMAGE_TAG", revision.tag());
        CommandResult pull = stack.compose("pull").orThrow();
        stack.up();
        Map<String, String> digestsThatRun = new TreeMap<>();
        Map<String, String> labels = new TreeMap<>();
        for (String service : RUN_OF_OURS) {
            InspectImageResponse image = running(stack, service);
            digestsThatRun.put(service, digestOf(image));
            labels.put(service, label(image, "org.opencontainers.image.revision") + " of " + label(image,
                    "org.opencontainers.image.created"));
        }
        CommandResult up = stack.stack("up");
        Map<String, String> before = containers(stack);
        stack.set("IMAGE_TAG", "0000000");
        CommandResult missing = stack.stack("up");
        stack.set("IMAGE_TAG", revision.tag());
        Map<String, String> after = containers(stack);
        evidence.observed(
                "pull took %.1f s; what runs: %s, labelled %s; ./stack up: %s; with IMAGE_TAG=0000000: exit code %d, containers %s"
                        .formatted(pull.took()
                                .toMillis() / 1000.0, digestsThatRun, labels, healthLine(up), missing
                                        .exitCode(), after.equals(before)
                                                ? "untouched"
                                                : "changed"));

        SoftAssertions soft = new SoftAssertions();
        soft.assertThat(digests).containsAllEntriesOf(digestsThatRun);
        soft.assertThat(labels.values()).containsOnly(revision.tag() + " of " + revision.commitTime());
        soft.assertThat(up.out()).contains("is up already").doesNotContain("Building");
        soft.assertThat(missing.exitCode()).isEqualTo(20);
        soft.assertThat(missing.err()).contains("claude-base:0000000 is not here and can't be pulled").contains("docker pull");
        soft.assertThat(after).isEqualTo(before);
        soft.assertAll();
    }

    private static void refuseAnotherDatabase(Registry registry, ComposeStack stack, Revision revision, Evidence evidence) {
        evidence.expected(
                "the release's own PostgreSQL, on the other C library, is refused the volume that the stand-in of the official image made, before"
                        + " anything is stopped; with the maker's image named again all is as it was");
        String maker = stack.env().require("POSTGRES_IMAGE");
        Map<String, String> before = containers(stack);
        CommandResult refused = stack.set("POSTGRES_IMAGE", registry.prefix() + "claude-postgres:" + revision.tag()).stack("up");
        Map<String, String> after = containers(stack);
        CommandResult back = stack.set("POSTGRES_IMAGE", maker).stack("up");
        evidence.observed("exit code %d, %s; containers %s; back: exit code %d".formatted(refused.exitCode(), refused.err()
                .lines()
                .filter(line -> line.contains("Recorded") || line.contains("This image"))
                .map(String::strip)
                .toList(), after.equals(before) ? "untouched" : "changed", back.exitCode()));

        SoftAssertions soft = new SoftAssertions();
        soft.assertThat(refused.exitCode()).isEqualTo(20);
        soft.assertThat(refused.err()).contains("refused", "libc=musl", "libc=glibc", "POSTGRES_IMAGE", "The way over");
        soft.assertThat(after).isEqualTo(before);
        soft.assertThat(back.out()).contains("is up already");
        soft.assertAll();
    }

    private static String healthLine(CommandResult up) {
        return up.out().lines().filter(line -> line.contains("healthy (")).findFirst().orElse(up.lastLines(3));
    }

    private static InspectImageResponse running(ComposeStack stack, String service) {
        return stack.engine().image(Objects.requireNonNull(stack.inspect(service).getImageId()));
    }

    private static String label(InspectImageResponse image, String label) {
        Map<String, String> labels = Objects.requireNonNull(image.getConfig()).getLabels();
        return labels == null ? "none" : labels.getOrDefault(label, "none");
    }

    private static String digestOf(InspectImageResponse image) {
        List<String> digests = image.getRepoDigests();
        return digests == null || digests.size() != 1
                ? "digests " + digests
                : digests.getFirst().substring(digests.getFirst().indexOf('@') + 1);
    }

    private static Map<String, String> containers(ComposeStack stack) {
        Map<String, String> containers = new LinkedHashMap<>();
        List<String> services = new ArrayList<>(Service.ALL);
        services.add(Service.STANDIN);
        services.forEach(service -> containers.put(service, stack.inspect(service).getId() + " since " + stack.inspect(service)
                .getState()
                .getStartedAt()));
        return containers;
    }
}
