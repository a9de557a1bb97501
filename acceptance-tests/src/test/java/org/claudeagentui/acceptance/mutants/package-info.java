/**
 * The suite's teeth: known-bad edits of the topology, one at a time, each of which must turn the promise red that it
 * violates. {@code mvn verify -Pmutants}.
 */
@NullMarked
package org.claudeagentui.acceptance.mutants;

import org.jspecify.annotations.NullMarked;
