package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key of age's.
 *
 * @param recipient its public half
 * @param identity the file of its private half, readable by its owner alone
 */
record AgeKey(String recipient, Path identity) {
    private static final Pattern RECIPIENT = Pattern.compile("public key: (age1[0-9a-z]+)");

    /** Makes one with the stack's own age. */
    static AgeKey make(ComposeStack stack) throws IOException {
        String made = stack.exec(Service.POSTGRES, "age-keygen").orThrow();
        Matcher recipient = RECIPIENT.matcher(made);
        if (!recipient.find()) {
            throw new IllegalStateException("age-keygen made no key");
        }
        Path file = stack.write("age-identity", made);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return new AgeKey(recipient.group(1), file);
    }
}
