package org.claudeagentui.acceptance.stack;

/** A run of the suite that is there to be killed: says which stack it boots, and boots it. */
final class KilledRun {
    private KilledRun() {
    }

    /** Called by {@link LeftOversIT}. */
    public static void main(String[] arguments) {
        ComposeStack stack = SuiteSession.open().createStack();
        System.out.println(stack.name());
        stack.start();
    }
}
