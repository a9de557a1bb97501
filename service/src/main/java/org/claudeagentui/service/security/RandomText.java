package org.claudeagentui.service.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A text that nobody can guess, and what is kept of it. It is random enough for a plain hash.
 *
 * @param text what its holder shows
 * @param hash what is kept
 */
record RandomText(String text, String hash) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    static RandomText after(String prefix) {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        var text = prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return new RandomText(text, hash(text));
    }

    static String hash(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
