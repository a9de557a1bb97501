package org.claudeagentui.service.web;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Names a state of something (RFC 9110, 8.8.3): two representations with the same bytes have the same one.
 *
 * @param value the tag without its quotes
 */
public record EntityTag(String value) {
    private static final int BYTES = 16;

    /** The tag of a representation. */
    public static EntityTag of(byte[] representation) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(representation);
            return new EntityTag(Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, BYTES)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** The tag as a header says it. */
    @Override
    public String toString() {
        return '"' + value + '"';
    }
}
