package org.claudeagentui.acceptance.mutants;

import java.util.List;

/**
 * A known-bad edit.
 *
 * @param id its number in the catalogue, with a letter where the catalogue says "each"
 * @param what the edit in words
 * @param promise the promise that it violates
 * @param tests the tests that must notice, as {@code Class#method}
 * @param edit the edit itself
 */
record Mutant(String id, String what, String promise, List<String> tests, Edit edit) {
    Mutant {
        tests = List.copyOf(tests);
    }

    @Override
    public String toString() {
        return "%s %s → %s".formatted(id, what, promise);
    }
}
