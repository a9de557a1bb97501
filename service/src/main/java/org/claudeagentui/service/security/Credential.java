package org.claudeagentui.service.security;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;

import java.util.Optional;
import java.util.regex.Pattern;

/** What a request shows to be let in. Of the text itself only a hash goes any further. */
public sealed interface Credential {
    /** The cookie that a browser is given when somebody signs in. */
    String COOKIE = "claude_session";

    /** Prefix of API tokens, by which scanners for leaked secrets find them. */
    String TOKEN_PREFIX = "cau_";

    /** Hash of the text, in hexadecimal. */
    String hash();

    /**
     * A program's token.
     *
     * @param hash hash of its text
     */
    record ApiToken(String hash) implements Credential {}

    /**
     * A browser's session.
     *
     * @param hash hash of the cookie's text
     */
    record SessionCookie(String hash) implements Credential {}

    /** What a request shows; a token counts before a cookie. */
    static Optional<Credential> of(ServerRequest request) {
        Optional<String> authorization = request.headers().first(HeaderNames.AUTHORIZATION);
        return authorization.isPresent()
                ? authorization.flatMap(BearerScheme::token).map(text -> new ApiToken(RandomText.hash(text)))
                : request.headers()
                        .cookies()
                        .first(COOKIE)
                        .asOptional()
                        .filter(text -> !text.isEmpty())
                        .map(text -> new SessionCookie(RandomText.hash(text)));
    }

    /** The scheme of RFC 6750. */
    final class BearerScheme {
        private static final Pattern HEADER = Pattern.compile("(?i:Bearer) +(?<token>[A-Za-z0-9._~+/-]{1,512}=*)");

        private BearerScheme() {
        }

        static Optional<String> token(String header) {
            var match = HEADER.matcher(header);
            return match.matches() ? Optional.of(match.group("token")) : Optional.empty();
        }
    }
}
