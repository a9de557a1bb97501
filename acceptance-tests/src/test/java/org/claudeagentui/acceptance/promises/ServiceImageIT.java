package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.ExecResult;
import org.claudeagentui.acceptance.stack.Service;
import org.junit.jupiter.api.Test;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

@AcceptanceTest
class ServiceImageIT {
    // What run-time.sh asks for, and what those modules require.
    private static final Set<String> MODULES = Set.of("java.base", "java.datatransfer", "java.desktop", "java.instrument", "java.logging",
            "java.management", "java.naming", "java.net.http", "java.prefs", "java.rmi", "java.security.jgss", "java.security.sasl",
            "java.sql", "java.transaction.xa", "java.xml", "jdk.crypto.ec", "jdk.management", "jdk.naming.dns", "jdk.unsupported");

    @Test
    @Promise(value = "TOP-5", part = "start cache in use")
    void theRunningServiceUsesItsCache(ComposeStack stack, Evidence evidence) {
        evidence.expected("the service's process has the cache mapped, and a machine started beside it takes classes from the cache");

        String mapped = stack.exec(Service.EXPRESS, "bash", "-c",
                "for p in /proc/[0-9]*; do [[ $(readlink $p/exe) != */java ]] || grep -m1 -o '/app/service.aot' $p/maps; done")
                .out()
                .strip();
        String fromCache = stack.exec(Service.EXPRESS, "bash", "-c",
                "start -Xlog:class+load --dry-run 2>&1 | grep -c 'shared objects file'")
                .out()
                .strip();
        evidence.observed("mapped: " + mapped + "; classes taken from the cache before main is called: " + fromCache);

        assertThat(mapped).isEqualTo("/app/service.aot");
        assertThat(Integer.parseInt(fromCache)).isGreaterThan(100);
    }

    @Test
    @Promise(value = "TOP-5", part = "mismatch refused")
    void aCacheOfAnotherOptionIsRefused(ComposeStack stack, Evidence evidence) {
        evidence.expected("with the options that the cache was made for the start goes through; with another it ends and names the cache");

        ExecResult matching = stack.exec(Service.EXPRESS, "start", "--dry-run");
        ExecResult other = stack.exec(Service.EXPRESS, "start", "-XX:-UseCompactObjectHeaders", "--dry-run");
        evidence.observed("matching: exit code %d; another option: exit code %d, %s".formatted(matching.exitCode(), other.exitCode(),
                (other.out() + other.err()).strip()));

        assertThat(matching.exitCode()).isZero();
        assertThat(other.exitCode()).isNotZero();
        assertThat(other.out() + other.err()).contains("Unable to use AOT cache");
    }

    @Test
    @Promise(value = "TOP-5", part = "run-time's modules")
    void theRunTimeHoldsOnlyTheModulesNeeded(ComposeStack stack, Evidence evidence) {
        evidence.expected("exactly the modules " + new TreeSet<>(MODULES));

        Set<String> modules = stack.exec(Service.EXPRESS, "/opt/java/bin/java", "--list-modules")
                .orThrow()
                .lines()
                .map(line -> line.replaceFirst("@.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        evidence.observed(modules.toString());

        assertThat(modules).isEqualTo(MODULES);
    }
}
