package org.claudeagentui.service.idempotency;

import org.claudeagentui.service.security.Caller;
import org.claudeagentui.service.web.FieldError;
import org.claudeagentui.service.web.ProblemException;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a client calls a request by. It is the client's own: others, and other addresses, may have the same.
 *
 * @param id tells it from all others, in hexadecimal digits
 */
public record IdempotencyKey(String id) {
    /** The header that brings it. */
    public static final String HEADER = "Idempotency-Key";

    private static final Pattern SOUND = Pattern.compile("[\\x21-\\x7E]{1,255}");

    /**
     * The key that a request of the present caller brings.
     *
     * @param header what the header says, if it is there
     * @param address the path that the request is sent to
     * @return nothing where there is no header
     * @throws ProblemException if the header holds no key
     */
    public static Optional<IdempotencyKey> of(Optional<String> header, String address) {
        return header.map(key -> new IdempotencyKey(digest(String.join("\n", Caller.current().userId(), address, sound(key))
                .getBytes(StandardCharsets.UTF_8))));
    }

    /** The request that has this key, by its body as it was sent. */
    public KeyedRequest with(byte[] body) {
        return new KeyedRequest(id, digest(body));
    }

    private static String sound(String key) {
        if (!SOUND.matcher(key).matches()) {
            throw ProblemException.invalid(List.of(new FieldError(HEADER, "has to have 1 to 255 characters of ASCII, without blanks")));
        }
        return key;
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
