package org.claudeagentui.acceptance.report;

/**
 * Evidence to look at, in a file of its own.
 *
 * @param title what it shows, also for who can't see it
 * @param file where it lies, from the report's folder on
 */
record Picture(String title, String file) {}
