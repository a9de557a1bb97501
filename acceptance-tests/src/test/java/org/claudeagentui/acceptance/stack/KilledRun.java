package org.claudeagentui.acceptance.stack;

import java.util.List;

/** A run of the suite that is there to be killed: says which stack it boots, and boots it. */
final class KilledRun {
    private KilledRun() {
    }

    /** The command that runs it in a process of its own, as this process was set up. */
    static List<String> command() {
        return List.of(ProcessHandle.current().info().command().orElse("java"), "--enable-native-access=ALL-UNNAMED", "-cp", System
                .getProperty("java.class.path"), "-Dacceptance.project=" + Project.locate().root(), "-Dacceptance.directory="
                        + Project.locate().work(), "-Dacceptance.tag=" + Project.imageTag(), KilledRun.class.getName());
    }

    /** Called by {@link LeftOversIT}. */
    public static void main(String[] arguments) {
        ComposeStack stack = SuiteSession.open().createStack();
        System.out.println(stack.name());
        stack.start();
    }
}
