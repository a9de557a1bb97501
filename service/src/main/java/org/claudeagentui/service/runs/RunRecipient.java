package org.claudeagentui.service.runs;

/** Who is told how runs stand that were made for something. */
public interface RunRecipient {

    /** For what. */
    RunOrigin.Kind kind();

    /**
     * Takes a report. Of the states that a run goes through in between some may be left out, its end is not. The same may be told twice.
     *
     * @throws Refused when it can't be taken however often it is told; whatever else is thrown has it told again later
     */
    void tell(RunReport report) throws Refused;

    /** A report can't be taken. */
    final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        /**
         * A refusal.
         *
         * @param reason why
         * @param cause what went wrong
         */
        public Refused(String reason, Throwable cause) {
            super(reason, cause);
        }
    }
}
