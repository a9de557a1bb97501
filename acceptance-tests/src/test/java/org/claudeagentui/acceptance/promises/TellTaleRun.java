package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Service;
import org.claudeagentui.acceptance.stack.Stacks;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A run of the suite whose one test tells all secrets of a stack wherever a test can, and fails; for a look at what its report says. */
@AcceptanceTest
class TellTaleRun {
    /** The system property that names the file which the secrets are told to as well, so that somebody can look for them. */
    static final String SECRETS = "telltale.secrets";

    /** Called by {@link SecretsIT}. */
    public static void main(String[] arguments) {
        LauncherFactory.create()
                .execute(LauncherDiscoveryRequestBuilder.request().selectors(DiscoverySelectors.selectClass(TellTaleRun.class)).build());
    }

    @Test
    @Promise(value = "ENV-5", part = "report")
    void tellsAll(Stacks stacks, Evidence evidence) throws IOException {
        ComposeStack stack = stacks.create().prepare();
        Files.copy(stack.envFile(), Path.of(System.getProperty(SECRETS)));
        String secrets = Files.readString(stack.envFile());
        stack.up(Service.POSTGRES);
        for (String line : secrets.lines().toList()) {
            stack.query("DO $$ BEGIN RAISE LOG '%', '" + line.substring(line.indexOf('=') + 1) + "'; END $$");
        }
        evidence.expected(secrets).observed(secrets.replace('=', ' '));
        evidence.figure(secrets, secrets, secrets);
        evidence.table(secrets, List.of("secret", secrets), secrets.lines().map(line -> List.of("one", line)).toList());
        throw new AssertionError(secrets + String.valueOf(stack.inspect(Service.POSTGRES).getRawValues()));
    }
}
