package org.claudeagentui.service.tools;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The names that tools have toward the model: {@code server__tool}, legal and each of them once. */
final class ToolNames {

    /** Between a server's name and its tool's. */
    static final String SEPARATOR = "__";

    private static final int LONGEST = 128;
    private static final int HASH_BYTES = 4;
    private static final Pattern ILLEGAL = Pattern.compile("[^a-zA-Z0-9_-]");

    private ToolNames() {
    }

    /**
     * A tool as its server calls it.
     *
     * @param server the server's name
     * @param tool the tool's name, of which the server has one
     */
    record Own(String server, String tool) {}

    /** The name of each tool. What is too long, or would be another's name as well, ends with a hash of what it stands for. */
    static Map<Own, String> of(List<Own> tools) {
        var owners = tools.stream().distinct().collect(Collectors.groupingBy(ToolNames::plain, Collectors.counting()));
        Function<Own, String> namer = tool -> owners.getOrDefault(plain(tool), 0L) == 1 && plain(tool).length() <= LONGEST
                ? plain(tool)
                : hashed(tool);
        return tools.stream().distinct().collect(Collectors.toMap(tool -> tool, namer, (first, _) -> first, LinkedHashMap::new));
    }

    private static String plain(Own tool) {
        return ILLEGAL.matcher(tool.server()).replaceAll("_") + SEPARATOR + ILLEGAL.matcher(tool.tool()).replaceAll("_");
    }

    private static String hashed(Own tool) {
        String end = "_" + hash(tool.server() + '\0' + tool.tool());
        String plain = plain(tool);
        return plain.substring(0, Math.min(plain.length(), LONGEST - end.length())) + end;
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
