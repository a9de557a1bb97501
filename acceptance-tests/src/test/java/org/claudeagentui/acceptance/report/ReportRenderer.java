package org.claudeagentui.acceptance.report;

/** One rendering of the report. */
interface ReportRenderer {
    /** Gives the report as text; secrets were taken out when the evidence was recorded. */
    String render(AcceptanceReport report);
}
