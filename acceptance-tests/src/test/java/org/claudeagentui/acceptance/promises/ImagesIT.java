package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Project;
import org.claudeagentui.acceptance.stack.Service;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;

@AcceptanceTest
class ImagesIT {
    /** What an image built outside of any checkout carries is a time long before. */
    private static final Instant BEFORE_THE_PROJECT = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<String> OURS = List.of(Service.STRAPI, Service.EXPRESS, Service.FRONTEND, Service.STANDIN);

    @Test
    @Promise(value = "TOP-7", part = "revision and build time")
    @Promise(value = "TOP-7", part = "NODE_VERSION")
    void imagesSayWhatTheyWereBuiltFrom(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "each image of ours names a revision and, where this checkout knows it, that revision's commit time (an image of the same inputs may"
                        + " come from another checkout); those built with Node name the version in their build");

        List<List<String>> rows = new ArrayList<>();
        for (String service : OURS) {
            Map<String, String> labels = labels(stack, service);
            String revision = labels.getOrDefault("org.opencontainers.image.revision", "");
            String created = labels.getOrDefault("org.opencontainers.image.created", "none");
            String committed = stack.project().commitTime(revision.replace("-dirty", "")).map(Instant::toString).orElse(created);
            rows.add(List.of(service, revision, committed, created, labels.getOrDefault("org.claudeagentui.node-version", "")));
        }
        String node = stack.exec(Service.STRAPI, "node", "--version").orThrow();
        evidence.observed("tag " + Project.imageTag() + ", Strapi's Node " + node)
                .table("Labels", List.of("image", "revision", "expected", "observed", "node"), rows);

        assertThat(rows).allSatisfy(row -> {
            assertThat(row.get(1)).as(row.getFirst()).matches("[0-9a-f]{7,40}(-dirty)?");
            assertThat(Instant.parse(row.get(3))).as(row.getFirst()).isAfter(BEFORE_THE_PROJECT).isEqualTo(row.get(2));
        });
        assertThat(node).startsWith("v" + rows.getFirst().getLast() + ".");
        assertThat(rows.get(2).getLast()).isEqualTo(rows.getFirst().getLast());
    }

    private static Map<String, String> labels(ComposeStack stack, String service) {
        var image = stack.engine().image(Objects.requireNonNull(stack.inspect(service).getImageId()));
        return Objects.requireNonNull(Objects.requireNonNull(image.getConfig()).getLabels());
    }

    @Test
    @Promise(value = "TOP-7", part = "production targets")
    void everyImageHasAProductionTarget(ComposeStack stack, Evidence evidence) throws IOException {
        evidence.expected(
                "each image's Dockerfile has a stage production, which is the one that runs: no npm, no Maven and no compiler in it");

        List<String> without = new ArrayList<>();
        for (String image : List.of("base", "postgres", "strapi", "express", "frontend", "standin")) {
            if (!Files.readString(stack.project().root().resolve("docker/" + image + "/Dockerfile"))
                    .matches("(?s).*\\bAS production\\b.*")) {
                without.add(image);
            }
        }
        List<String> tools = OURS.stream()
                .filter(service -> stack.exec(service, "bash", "-c", "command -v npm mvn javac gcc vite").succeeded())
                .toList();
        evidence.observed("without the stage: " + without + "; with tools of a build: " + tools);

        assertThat(without).isEmpty();
        assertThat(tools).isEmpty();
    }
}
