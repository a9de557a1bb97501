package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.report.Sample;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.ChildSuite;
import org.claudeagentui.acceptance.stack.CommandResult;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.EnvFile;
import org.claudeagentui.acceptance.stack.Service;
import org.claudeagentui.acceptance.stack.Stacks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Bad secrets are refused, by the one validator, wherever it stands. */
@AcceptanceTest
class SecretsIT {
    private static final Duration CATALOGUE_DEADLINE = Duration.ofMinutes(2);
    private static final String REFUSED = "78";
    private static final String BAD = "changeme-Zq7Xw9KpT3-changeme";
    private static final String SHOWN = "Zq7Xw9KpT3";

    private record Start(String service, String variable, String inEnvFile) {}

    private static final List<Start> STARTS = List.of(new Start(Service.EXPRESS, "STRAPI_API_TOKEN", "STRAPI_API_TOKEN"),
            new Start(Service.EXPRESS, "DATABASE_PASSWORD", "EXPRESS_DB_PASSWORD"),
            new Start(Service.EXPRESS, "ANTHROPIC_API_KEY", "ANTHROPIC_API_KEY"),
            new Start(Service.STRAPI, "DATABASE_PASSWORD", "POSTGRES_PASSWORD"), new Start(Service.STRAPI, "APP_KEYS", "STRAPI_APP_KEYS"),
            new Start(Service.STRAPI, "JWT_SECRET", "STRAPI_JWT_SECRET"),
            new Start(Service.POSTGRES, "POSTGRES_PASSWORD", "POSTGRES_PASSWORD"),
            new Start(Service.POSTGRES, "EXPRESS_DB_PASSWORD", "EXPRESS_DB_PASSWORD"));

    @Test
    @Promise(value = "ENV-2", part = "in the container")
    void theServicesValidatorRefusesEachBadSecret(ComposeStack stack, Evidence evidence) throws IOException {
        evidence.expected("each of at least 200 bad secrets is refused with exit code 78, naming the variable and the next step, without"
                + " showing the value or a part of it; the running service's own secrets pass");

        String script = Files.readString(stack.project().root().resolve("stack.d/test/bad-secrets"));
        List<String> cases = stack.shell(Service.EXPRESS)
                .run(CATALOGUE_DEADLINE, List.of("env", "LOG_FORMAT=text", "bash", "-c", script, "bad-secrets", "container", "/tmp"))
                .orThrow()
                .lines()
                .distinct()
                .toList();
        List<String> accepted = cases.stream().filter(line -> !isRefusal(line.split("\\|", 5))).toList();
        boolean control = stack.exec(Service.EXPRESS, "check-secrets", "STRAPI_API_TOKEN", "DATABASE_PASSWORD", "ANTHROPIC_API_KEY")
                .succeeded();
        evidence.observed("%d bad secrets, not refused as promised: %s; its own pass: %s".formatted(cases.size(), accepted, control));

        assertThat(cases).hasSizeGreaterThanOrEqualTo(200);
        assertThat(accepted).isEmpty();
        assertThat(control).isTrue();
    }

    private static boolean isRefusal(String[] told) {
        return told[2].equals(REFUSED) && told[3].equals("told") && told[4].contains(told[0]) && told[4].contains("Next: ");
    }

    @Test
    @Promise(value = "ENV-2", part = "the container's start")
    void aContainerWithABadSecretDoesNotStart(Stacks stacks, Evidence evidence) {
        evidence.expected(
                "started with a placeholder in place of one secret, a container ends with 78, names the variable of .env, shows no value");

        ComposeStack stack = stacks.create().prepare();
        Sample<Start> sample = Sample.of(STARTS, 2);
        List<String> seen = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (Start start : sample.chosen()) {
            CommandResult run = stack.compose("run", "--rm", "--no-deps", "-T", "-e", start.variable() + "=" + BAD, start.service());
            String said = "%s with a bad %s: %d, %s".formatted(start.service(), start.variable(), run.exitCode(), run.lastLines(1));
            seen.add(said);
            if (run.exitCode() != 78 || !run.text().contains(start.inEnvFile()) || run.text().contains(SHOWN)) {
                wrong.add(said);
            }
        }
        evidence.observed(sample.describe() + ": " + seen);

        assertThat(wrong).isEmpty();
    }

    @Test
    @Promise(value = "ENV-2", part = "./stack up")
    void stackRefusesBadSecretsBeforeAnythingStarts(Stacks stacks, Evidence evidence) {
        evidence.expected("with every secret bad at once, ./stack up ends with 20, names each, shows none, and makes nothing");

        ComposeStack stack = stacks.create().prepare();
        EnvFile bad = stack.env();
        List<String> names = STARTS.stream().map(Start::inEnvFile).distinct().toList();
        for (String name : names) {
            bad = bad.with(name, BAD);
        }
        Path file = stack.directory().resolve("env-bad");
        bad.write(file);
        CommandResult up = stack.stackWith(file, "up");
        List<String> silent = names.stream().filter(name -> !up.err().contains(name + " is refused")).toList();
        List<String> made = stack.engine().containerNames(stack.name());
        evidence.observed("exit code %d, not named: %s, containers made: %s".formatted(up.exitCode(), silent, made));

        assertThat(up.exitCode()).isEqualTo(20);
        assertThat(silent).isEmpty();
        assertThat(up.text()).contains("Nothing was started").doesNotContain(SHOWN);
        assertThat(made).isEmpty();
    }

    @Test
    @Promise(value = "ENV-5", part = "image layers")
    void noImageHoldsASecret(ComposeStack stack, Evidence evidence) throws IOException {
        evidence.expected("no layer and no configuration of an image has the value of a secret of this stack, or of the env file that was"
                + " there when images were made, or any value as long as ours assigned to a secret's name; the names themselves are found where they belong");

        List<String> values = Stream.of(stack.env(), EnvFile.read(stack.project().work().resolve("images/env")))
                .flatMap(env -> env.secretNames().stream().flatMap(name -> env.get(name).stream()))
                .distinct()
                .toList();
        Pattern assigned = Pattern.compile("(?:" + String.join("|", stack.env().secretNames())
                + ")=(?!stands-in-a-file)[A-Za-z0-9]{24,}");
        Sample<String> sample = Sample.of(List.of(Service.STRAPI, Service.EXPRESS, Service.FRONTEND, Service.POSTGRES), 1);
        List<String> found = new ArrayList<>();
        for (String service : sample.chosen()) {
            ImageSearch search = ImageSearch.of(stack.engine(), stack.inspect(service).getImageId(), values, assigned, "/usr/bin/");
            evidence.observed("%s: %d MB searched for %d values, found: %d; /usr/bin/ found: %s".formatted(service, search.bytes()
                    / 1_000_000, values.size(), search.found().size(), search.controlFound()));
            search.found().forEach(what -> found.add(service + ": " + what));
            assertThat(search.controlFound()).as("a name that stands in " + service).isTrue();
        }
        evidence.observed(sample.describe());

        assertThat(found).isEmpty();
    }

    @Test
    @Promise(value = "ENV-5", part = "inspection of other services")
    void aContainersInspectionShowsNoOthersSecret(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "with secrets in the environment, the engine's inspection of a container shows those alone that its service needs");

        Map<String, List<String>> owners = new TreeMap<>();
        for (String name : stack.env().secretNames()) {
            String value = stack.env().get(name).orElse("");
            owners.put(name, Service.ALL.stream()
                    .filter(service -> !value.isEmpty() && String.valueOf(stack.inspect(service).getRawValues()).contains(value))
                    .toList());
        }
        evidence.table("whose inspection shows what", List.of("secret", "services"), owners.entrySet()
                .stream()
                .map(owner -> List.of(owner.getKey(), String.join(", ", owner.getValue())))
                .toList());
        evidence.observed(owners.size() + " secrets looked for in " + Service.ALL.size() + " inspections");

        Map<String, List<String>> expected = new TreeMap<>(Map.of("APP_ADMIN_PASSWORD", List.of(Service.STRAPI), "ANTHROPIC_API_KEY",
                List.of(Service.EXPRESS)));
        expected.putAll(Map.of("POSTGRES_PASSWORD", List.of(Service.POSTGRES, Service.STRAPI), "EXPRESS_DB_PASSWORD",
                List.of(Service.POSTGRES, Service.EXPRESS), "STRAPI_APP_KEYS", List.of(Service.STRAPI), "STRAPI_API_TOKEN_SALT",
                List.of(Service.STRAPI), "STRAPI_ADMIN_JWT_SECRET", List.of(Service.STRAPI), "STRAPI_TRANSFER_TOKEN_SALT",
                List.of(Service.STRAPI), "STRAPI_JWT_SECRET", List.of(Service.STRAPI), "STRAPI_API_TOKEN",
                List.of(Service.STRAPI, Service.EXPRESS), "STRAPI_ADMIN_PASSWORD", List.of(Service.STRAPI)));
        assertThat(owners).isEqualTo(expected);
    }

    @Test
    @Promise(value = "ENV-5", part = "report")
    void noReportShowsASecret(@TempDir Path folder, Evidence evidence) throws IOException {
        evidence.expected(
                "a run whose test tells each secret of its stack in its evidence, its failure and PostgreSQL's log: no form of its report"
                        + " holds one, each form says that something is hidden, and neither does what the run prints");

        Path told = folder.resolve("secrets");
        Path report = folder.resolve("report");
        CommandResult run = ChildSuite.run(TellTaleRun.class, Map.of(TellTaleRun.SECRETS, told.toString(), "acceptance.report", report
                .toString()), CATALOGUE_DEADLINE);
        EnvFile secrets = EnvFile.read(told);
        List<String> values = secrets.secretNames().stream().flatMap(name -> secrets.get(name).stream()).toList();
        Map<String, String> forms = new TreeMap<>(Map.of("what it printed", run.text()));
        for (String form : List.of("report.html", "report.md", "report.json", "junit.xml", "summary.txt")) {
            forms.put(form, Files.readString(report.resolve(form)));
        }
        List<List<String>> rows = forms.entrySet()
                .stream()
                .map(form -> List.of(form.getKey(), "0", String.valueOf(values.stream().filter(form.getValue()::contains).count()), String
                        .valueOf(form.getValue().contains("[secret]"))))
                .toList();
        evidence.table("Secrets told", List.of("form", "expected", "observed", "says that something is hidden"), rows);
        evidence.observed("%d secrets looked for in %d forms".formatted(values.size(), rows.size()));

        assertThat(values).hasSizeGreaterThan(8);
        assertThat(rows).allSatisfy(row -> assertThat(row.get(2)).as(row.getFirst()).isEqualTo("0"));
        assertThat(rows).filteredOn(row -> row.getFirst().matches("report\\.(html|md|json)|junit.xml"))
                .allSatisfy(row -> assertThat(row.get(3)).as(row.getFirst()).isEqualTo("true"));
    }
}
