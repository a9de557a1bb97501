package org.claudeagentui.acceptance.report;

/** What one test claims to prove: a promise, or one part of it where the part is not empty. */
record Claim(String id, String part) {}
