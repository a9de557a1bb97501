package org.claudeagentui.acceptance.bench;

import org.claudeagentui.acceptance.promises.BackupSet;
import org.claudeagentui.acceptance.stack.CommandResult;
import org.claudeagentui.acceptance.stack.ComposeStack;

import java.nio.file.Path;

/** {@code ./stack backup} and {@code ./stack verify}. */
record OurBackup(ComposeStack stack) implements BackupProgram {
    @Override
    public String name() {
        return "./stack backup";
    }

    @Override
    public void forget() {
        BackupSet.of(stack).forEach(BackupSet::remove);
    }

    @Override
    public CommandResult backUp() {
        return stack.stack("backup");
    }

    BackupSet set() {
        return BackupSet.of(stack).getLast();
    }

    @Override
    public Path made() {
        return set().folder();
    }

    @Override
    public Path rows() {
        return made().resolve("database.dump");
    }

    @Override
    public CommandResult check() {
        return stack.stack("verify", set().name());
    }
}
