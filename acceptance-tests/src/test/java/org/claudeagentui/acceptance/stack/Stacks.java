package org.claudeagentui.acceptance.stack;

import org.claudeagentui.acceptance.report.ServiceState;
import org.testcontainers.lifecycle.Startable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Makes stacks, and what stands beside them, for one test; all of them are gone when the test ends. */
public final class Stacks implements AutoCloseable {
    private final SuiteSession session;
    private final Deque<Startable> made = new ArrayDeque<>();

    Stacks(SuiteSession session) {
        this.session = session;
    }

    /** Gives a stack that is neither prepared nor started. */
    public ComposeStack create() {
        ComposeStack stack = session.createStack();
        made.push(stack);
        return stack;
    }

    List<ServiceState> states() {
        return made.stream()
                .filter(ComposeStack.class::isInstance)
                .map(ComposeStack.class::cast)
                .flatMap(stack -> StackPictures.of(stack).states().stream())
                .toList();
    }

    /** The checkout under test. */
    public Project project() {
        return session.project();
    }

    /** Gives a container registry of the test's own that answers. */
    public Registry registry() {
        Registry registry = session.createRegistry();
        made.push(registry);
        registry.start();
        return registry;
    }

    /** Gives a browser of the test's own. */
    public Browser browser() {
        Browser browser = session.createBrowser();
        made.push(browser);
        browser.start();
        return browser;
    }

    /** Gives Debian's testssl.sh. */
    public TlsScanner tlsScanner() {
        TlsScanner scanner = session.createTlsScanner();
        made.push(scanner);
        scanner.start();
        return scanner;
    }

    /** Gives Debian's programs for backups beside a stack that runs, with a folder for what they make. */
    public BackupPrograms backupPrograms(ComposeStack stack) {
        BackupPrograms programs = session.createBackupPrograms(stack);
        made.push(programs);
        programs.start();
        return programs;
    }

    /** Gives what can be set beside a stack's service, once that runs. */
    public Rivals rivals(ComposeStack stack) {
        Rivals rivals = session.createRivals(stack);
        made.push(rivals);
        rivals.start();
        return rivals;
    }

    @Override
    public void close() {
        RuntimeException failure = null;
        while (!made.isEmpty()) {
            try {
                made.pop().stop();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
