package org.claudeagentui.service.claude;

/** The certificates that the model API is to be trusted by can't be read. */
public final class UnusableCertificates extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableCertificates(String message, Throwable cause) {
        super(message, cause);
    }
}
