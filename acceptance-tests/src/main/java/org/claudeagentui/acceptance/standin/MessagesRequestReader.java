package org.claudeagentui.acceptance.standin;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Refuses what the Messages API refuses, with its status and in its words as far as they are known. */
final class MessagesRequestReader {
    private static final String WITHOUT_SAMPLING = "2026-10-21";
    private static final Set<String> VERSIONS = Set.of("2023-01-01", "2023-06-01", WITHOUT_SAMPLING);
    private static final Set<String> SAMPLING = Set.of("temperature", "top_p", "top_k");
    private static final Set<String> FIELDS = Set.of("model", "messages", "max_tokens", "cache_control", "container",
            "context_management", "diagnostics", "inference_geo", "mcp_servers", "metadata", "output_config", "output_format",
            "service_tier", "speed",
            "stop_sequences", "stream", "system", "temperature", "thinking", "tool_choice", "tools", "top_k", "top_p");
    private static final int MIN_THINKING = 1024;
    private static final int MOST_CACHE_MARKS = 4;
    private static final String TOOL_NAME = "[a-zA-Z0-9_-]{1,128}";

    private MessagesRequestReader() {
    }

    /** Checks the headers that every request needs; and tells the API version that it wants. */
    static String authenticate(Map<String, String> headers) throws ApiException {
        boolean bearer = headers.getOrDefault("authorization", "").matches("(?i)bearer +\\S+");
        if (headers.getOrDefault("x-api-key", "").isBlank() && !bearer) {
            throw new ApiException(ApiError.authentication("x-api-key header is required"));
        }
        String version = headers.getOrDefault("anthropic-version", "");
        if (version.isBlank()) {
            throw invalid("anthropic-version: header is required");
        }
        if (!VERSIONS.contains(version)) {
            throw invalid("anthropic-version: \"" + version + "\" is not a valid version");
        }
        if (!headers.getOrDefault("content-type", "").startsWith("application/json")) {
            throw invalid("Content-Type: must be application/json");
        }
        return version;
    }

    /** Reads a request as a version of the API does; one that only counts tokens needs no {@code max_tokens}. */
    static MessagesRequest read(byte[] body, String version, boolean countOnly) throws ApiException {
        JsonNode json = parse(body);
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            boolean removed = version.equals(WITHOUT_SAMPLING) && SAMPLING.contains(field.getKey());
            check(FIELDS.contains(field.getKey()) && !removed, field.getKey() + ": Extra inputs are not permitted");
        }
        require(json, "model", json.path("model").isTextual() && !json.path("model").textValue().isEmpty(),
                "Input should be a valid string");
        require(json, "messages", json.path("messages").isArray(), "Input should be a valid list");
        if (!countOnly) {
            require(json, "max_tokens", json.path("max_tokens").isIntegralNumber(), "Input should be a valid integer");
            check(json.path("max_tokens").longValue() >= 1, "max_tokens: Input should be greater than or equal to 1");
        }
        sampling(json);
        thinking(json);
        tools(json);
        messages(json.path("messages"));
        cacheMarks(json);
        return new MessagesRequest(json);
    }

    private static JsonNode parse(byte[] body) throws ApiException {
        try {
            JsonNode json = Json.parse(body);
            check(json.isObject(), "Input should be a valid dictionary or object");
            return json;
        } catch (IOException e) {
            String problem = Optional.ofNullable(e.getMessage()).orElse("").lines().findFirst().orElse("no JSON");
            throw invalid("The request body is not valid JSON: " + problem);
        }
    }

    private static void sampling(JsonNode json) throws ApiException {
        fraction(json, "temperature");
        fraction(json, "top_p");
        check(!json.hasNonNull("temperature") || !json.hasNonNull("top_p"),
                "`temperature` and `top_p` cannot both be specified for this model. Please use only one.");
        check(!json.hasNonNull("top_k") || (json.path("top_k").isIntegralNumber() && json.path("top_k").longValue() >= 0),
                "top_k: Input should be greater than or equal to 0");
        check(!json.hasNonNull("stream") || json.path("stream").isBoolean(), "stream: Input should be a valid boolean");
        for (JsonNode sequence : json.path("stop_sequences")) {
            check(!sequence.asText().isBlank(), "stop_sequences: each stop sequence must contain non-whitespace");
        }
    }

    private static void fraction(JsonNode json, String name) throws ApiException {
        JsonNode value = json.path(name);
        check(!json.hasNonNull(name) || value.isNumber(), name + ": Input should be a valid number");
        check(!json.hasNonNull(name) || (value.doubleValue() >= 0 && value.doubleValue() <= 1), name + ": range: 0..1");
    }

    private static void thinking(JsonNode json) throws ApiException {
        JsonNode thinking = json.path("thinking");
        if (!thinking.path("type").asText().equals("enabled")) {
            return;
        }
        long budget = thinking.path("budget_tokens").asLong();
        check(thinking.hasNonNull("budget_tokens"), "thinking.enabled.budget_tokens: Field required");
        check(budget >= MIN_THINKING, "thinking.enabled.budget_tokens: Input should be greater than or equal to 1024");
        check(!json.has("max_tokens") || json.path("max_tokens").longValue() > budget,
                "`max_tokens` must be greater than `thinking.budget_tokens`");
        check(!json.hasNonNull("temperature") || json.path("temperature").doubleValue() == 1,
                "`temperature` may only be set to 1 when thinking is enabled");
        check(!json.hasNonNull("top_k"), "`top_k` must be unset when thinking is enabled");
        check(!json.hasNonNull("top_p") || json.path("top_p").doubleValue() >= 0.95,
                "`top_p` must be greater than or equal to 0.95 or unset when thinking is enabled");
    }

    private static void tools(JsonNode json) throws ApiException {
        Set<String> names = new HashSet<>();
        int index = 0;
        for (JsonNode tool : json.path("tools")) {
            String at = "tools." + index;
            check(tool.hasNonNull("name"), at + ".name: Field required");
            String name = tool.path("name").asText();
            check(name.matches(TOOL_NAME), at + ".name: String should match pattern '^" + TOOL_NAME + "$'");
            check(names.add(name), "tools: Tool names must be unique.");
            boolean custom = !tool.hasNonNull("type") || tool.path("type").asText().equals("custom");
            check(!custom || tool.path("input_schema").isObject(), at + ".custom.input_schema: Field required");
            check(!custom || tool.at("/input_schema/type").asText().equals("object"),
                    at + ".custom.input_schema.type: Input should be 'object'");
            index++;
        }
    }

    private static void cacheMarks(JsonNode json) throws ApiException {
        List<JsonNode> marks = json.findValues("cache_control");
        check(marks.size() <= MOST_CACHE_MARKS, "A maximum of " + MOST_CACHE_MARKS + " blocks with cache_control may be provided. Found "
                + marks.size() + ".");
        for (JsonNode mark : marks) {
            check(mark.path("type").asText().equals("ephemeral"), "cache_control.type: Input should be 'ephemeral'");
        }
    }

    private static void messages(JsonNode messages) throws ApiException {
        check(!messages.isEmpty(), "messages: at least one message is required");
        check(messages.get(0).path("role").asText().equals("user"), "messages: first message must use the \"user\" role");
        Set<String> called = Set.of();
        for (int index = 0; index < messages.size(); index++) {
            JsonNode message = messages.get(index);
            String role = message.path("role").asText();
            JsonNode content = message.path("content");
            check(role.equals("user") || role.equals("assistant"), "messages." + index + ".role: Input should be 'user' or 'assistant'");
            check(content.isTextual() || content.isArray(), "messages." + index + ".content: Field required");
            boolean mayBeEmpty = role.equals("assistant") && index == messages.size() - 1;
            check(mayBeEmpty || !content.isEmpty() || (content.isTextual() && !content.textValue().isEmpty()), "messages." + index
                    + ": all messages must have non-empty content except for the optional final assistant message");
            blocks(content, index);
            Set<String> answered = ids(content, "tool_result", "tool_use_id");
            answers(called, answered, index);
            called = ids(content, "tool_use", "id");
        }
        check(called.isEmpty(), unanswered(called, messages.size() - 1));
    }

    private static void blocks(JsonNode content, int index) throws ApiException {
        for (int block = 0; content.isArray() && block < content.size(); block++) {
            String at = "messages." + index + ".content." + block;
            check(content.get(block).hasNonNull("type"), at + ".type: Field required");
            String type = content.get(block).path("type").asText();
            check(!type.equals("text") || !content.get(block).path("text").asText().isEmpty(),
                    "messages: text content blocks must be non-empty");
            check(!type.equals("tool_use") || content.get(block).path("input").isObject(),
                    at + ".tool_use.input: Input should be a valid dictionary");
            FileBlocks.check(content.get(block), at);
            check(!type.equals("thinking") || content.get(block).hasNonNull("signature"), at + ".thinking.signature: Field required");
        }
    }

    private static void answers(Set<String> called, Set<String> answered, int index) throws ApiException {
        Set<String> missing = new HashSet<>(called);
        missing.removeAll(answered);
        check(missing.isEmpty(), unanswered(missing, index - 1));
        Set<String> unexpected = new HashSet<>(answered);
        unexpected.removeAll(called);
        check(unexpected.isEmpty(), "messages." + index + ".content: unexpected `tool_use_id` found in `tool_result` blocks: "
                + String.join(", ", unexpected)
                + ". Each `tool_result` block must have a corresponding `tool_use` block in the previous message.");
    }

    private static String unanswered(Set<String> ids, int index) {
        return "messages." + index + ": `tool_use` ids were found without `tool_result` blocks immediately after: "
                + String.join(", ", ids)
                + ". Each `tool_use` block must have a corresponding `tool_result` block in the next message.";
    }

    private static Set<String> ids(JsonNode content, String type, String field) {
        Set<String> ids = new HashSet<>();
        for (JsonNode block : content) {
            if (block.path("type").asText().equals(type)) {
                ids.add(block.path(field).asText());
            }
        }
        return ids;
    }

    private static void require(JsonNode json, String name, boolean valid, String problem) throws ApiException {
        check(json.hasNonNull(name), name + ": Field required");
        check(valid, name + ": " + problem);
    }

    private static void check(boolean holds, String problem) throws ApiException {
        if (!holds) {
            throw invalid(problem);
        }
    }

    private static ApiException invalid(String message) {
        return new ApiException(ApiError.invalidRequest(message));
    }
}
