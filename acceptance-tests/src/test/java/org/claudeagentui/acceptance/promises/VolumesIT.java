package org.claudeagentui.acceptance.promises;

import com.github.dockerjava.api.command.InspectContainerResponse;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.Boot;
import org.claudeagentui.acceptance.stack.Breaks;
import org.claudeagentui.acceptance.stack.CommandResult;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.ExecResult;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.Service;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@AcceptanceTest
class VolumesIT {
    private static final Map<String, String> READ_ONLY = Map.of("/opt/app/config", Service.STRAPI, "/docker-entrypoint-initdb.d",
            Service.POSTGRES,
            "/usr/local/bin/database-guard", Service.POSTGRES, "/etc/nginx/nginx.conf", Service.FRONTEND, "/etc/nginx/conf.d",
            Service.FRONTEND, "/etc/nginx/ssl",
            Service.FRONTEND);
    private static final Map<String, String> PATHS = Map.of("postgres-data", "postgres /var/lib/postgresql/data", "strapi-uploads",
            "strapi /opt/app/public/uploads",
            "strapi-cache", "strapi /opt/app/.cache", "express-cache", "express /app/.cache", "nginx-cache", "frontend /var/cache/nginx");

    @Test
    @Promise(value = "VOL-1", part = "names")
    @Promise(value = "VOL-1", part = "paths")
    void fiveNamedVolumesAtTheSeedsPaths(ComposeStack stack, Evidence evidence) {
        evidence.expected("exactly five named volumes, mounted and writable: " + PATHS);

        Map<String, String> mounted = new TreeMap<>();
        for (String service : Service.ALL) {
            for (InspectContainerResponse.Mount mount : Objects.requireNonNull(stack.inspect(service).getMounts())) {
                if (mount.getName() != null) {
                    mounted.put(mount.getName().replace(stack.name() + "-", ""), service + " " + Objects.requireNonNull(mount
                            .getDestination()).getPath());
                    assertThat(mount.getRW()).isTrue();
                }
            }
        }
        List<String> volumes = stack.engine().volumes(stack.name() + "-");
        evidence.observed("volumes " + volumes + "; mounted " + mounted);

        assertThat(volumes).containsExactlyElementsOf(PATHS.keySet().stream().map(suffix -> stack.name() + "-" + suffix).sorted().toList());
        assertThat(mounted).isEqualTo(PATHS);
    }

    @Test
    @Breaks
    @Promise(value = "VOL-2", part = "rows")
    @Promise(value = "VOL-2", part = "uploads")
    void downAndUpKeepEveryRowAndUpload(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "after down and up: every row of every table (but Strapi's own " + Content.REWRITTEN
                        + ") is there with the same hash, every upload with the same hash");

        for (int i = 1; i <= 25; i++) {
            String agent = "{\"name\":\"Keeper %d\",\"systemPrompt\":\"Keep « row » %d, please.\",\"model\":\"sonnet\"}".formatted(i, i);
            Http.postJson(stack.frontDoor() + "/api/agents", agent).orThrow();
        }
        byte[] content = "kept «across» a restart\n".repeat(5000).getBytes(StandardCharsets.UTF_8);
        StrapiAdmin.signIn(stack).upload("kept.txt", content).orThrow();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> stack.query("SELECT count(*) FROM runs.run WHERE state IN ('queued', 'running')").equals(List.of("0")));
        Content before = Content.of(stack);
        stack.down();
        stack.up();
        Content after = Content.of(stack);
        List<String> lost = before.rowsMissingIn(after);
        evidence.observed("%d tables with %d rows, %d of them lost or changed %s; uploads %s, after %s".formatted(before.rows().size(),
                before.rowCount(), lost.size(), lost, before.uploads(), after.uploads()));
        evidence.figure("rows compared", before.rowCount(), "");

        assertThat(before.rows().getOrDefault("public.agents", List.of())).hasSizeGreaterThanOrEqualTo(25);
        assertThat(before.uploads()).isNotEmpty();
        assertThat(lost).isEmpty();
        assertThat(after.uploads()).isEqualTo(before.uploads());
    }

    @Test
    @Breaks
    @Promise("VOL-3")
    void theStackComesBackWithoutItsEphemeralVolumes(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "with strapi-cache, express-cache and nginx-cache deleted, the stack becomes healthy, makes them anew, and answers through the front door");

        stack.down();
        List.of("strapi-cache", "express-cache", "nginx-cache").forEach(stack::removeVolume);
        List<String> left = stack.engine().volumes(stack.name() + "-");
        Boot boot = stack.up();
        List<String> back = stack.engine().volumes(stack.name() + "-");
        int agents = Http.get(stack.frontDoor() + "/api/agents").status();
        int page = Http.get(stack.frontDoor() + "/").status();
        evidence.observed("volumes left %s, after the start %s; /api/agents %d, / %d".formatted(left, back, agents, page));
        evidence.figure("start", boot.healthyAfter().toMillis() / 1000.0, "s");

        assertThat(left).hasSize(2);
        assertThat(back).hasSize(5);
        assertThat(agents).isEqualTo(200);
        assertThat(page).isEqualTo(200);
    }

    @Test
    @Promise(value = "VOL-4", part = "a write from inside fails")
    void whatTheHostGivesIsReadOnly(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "config, init scripts, nginx files and certificates can be read inside their containers, and a write there fails as on a read-only file system");

        Map<String, String> seen = new TreeMap<>();
        READ_ONLY.forEach((path, service) -> {
            boolean readable = stack.exec(service, "ls", path).succeeded();
            // As the file's own owner, so that nothing but the mount stands in the way.
            String owner = stack.exec(service, "stat", "-c", "%u", path).orThrow();
            ExecResult write = stack.execAs(owner, service, "bash", "-c",
                    "if [ -d $0 ]; then : >$0/written-by-a-test && rm $0/written-by-a-test; else : >>$0; fi", path);
            seen.put(service + " " + path, (readable ? "readable" : "not readable") + ", write: " + write.err()
                    .strip()
                    .replaceFirst("^.*: ", ""));
        });
        evidence.observed(seen.toString());

        assertThat(seen.values()).containsOnly("readable, write: Read-only file system");
    }

    @Test
    @Promise(value = "VOL-5", part = "refused with the ways out")
    @Promise(value = "VOL-5", part = "nothing made")
    void refusesToMakeNewSecretsOverOldData(ComposeStack stack, Evidence evidence) throws IOException {
        evidence.expected(
                "volumes there, env file gone: ./stack up ends with 10, says that the data is still there, names both ways out, and makes no env file, container"
                        + " or volume; the same for an env file that lost its secrets alone");

        Path checkout = checkoutWithDefaults(stack);
        int events = stack.events().all().size();
        List<String> volumes = stack.engine().volumes(stack.name());
        CommandResult up = stack.stackIn(checkout, "up");
        boolean envMade = Files.exists(checkout.resolve(".env"));
        List<String> happened = stack.events()
                .all()
                .stream()
                .skip(events)
                .filter(event -> List.of("create", "start", "destroy", "die").contains(event.action()))
                .map(event -> event.service() + " " + event.action())
                .toList();
        evidence.observed("exit code %d: %s; env file made: %s; containers touched: %s; volumes before and after: %s".formatted(up
                .exitCode(), up.err().strip(), envMade,
                happened, volumes.equals(stack.engine().volumes(stack.name()))));

        assertThat(up.exitCode()).isEqualTo(10);
        assertThat(up.err()).contains(stack.name() + "-postgres-data").contains("backup set").contains("./stack down --volumes");
        assertThat(envMade).isFalse();
        assertThat(happened).isEmpty();
        assertThat(stack.engine().volumes(stack.name())).isEqualTo(volumes);
    }

    // A checkout whose defaults name this stack: with the env file gone, only defaults can tell which stack is meant.
    private static Path checkoutWithDefaults(ComposeStack stack) throws IOException {
        Path checkout = stack.directory().resolve("checkout");
        stack.project().copyTo(checkout);
        List<String> example = new ArrayList<>();
        for (String line : Files.readAllLines(checkout.resolve(".env.example"))) {
            String name = line.split("=", 2)[0];
            boolean setting = line.matches("[A-Z_]+=.*") && !stack.env().secretNames().contains(name);
            example.add(setting ? name + "=" + stack.env().get(name).orElse("") : line);
        }
        Files.write(checkout.resolve(".env.example"), example);
        return checkout;
    }
}
