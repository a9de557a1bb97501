package org.claudeagentui.service.runs;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import org.claudeagentui.service.web.FieldError;
import org.claudeagentui.service.web.Texts;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the attachments that a client names or sends, and gathers what is wrong with them. */
public final class AttachmentsBody {

    static final int MOST = 10;

    private static final int LONGEST_NAME = 200;
    private static final Pattern UPLOAD_ID = Pattern.compile("[1-9][0-9]{0,8}");
    private static final Set<String> UPLOADED = Set.of("uploadId");
    private static final Set<String> INLINE = Set.of("name", "mediaType", "data");

    private final String name;
    private final JsonValue value;
    private final List<FieldError> errors;

    /**
     * What a client sent.
     *
     * @param name what it is called
     * @param value what it is, any JSON
     * @param errors where what is wrong goes
     */
    public AttachmentsBody(String name, JsonValue value, List<FieldError> errors) {
        this.name = name;
        this.value = value;
        this.errors = errors;
    }

    /** Those in which nothing is wrong. */
    public List<AttachmentSource> sources() {
        if (!(value instanceof JsonArray list) || list.size() > MOST) {
            errors.add(new FieldError(name, "must be a list of at most " + MOST + " attachments"));
            return List.of();
        }
        var sources = new ArrayList<AttachmentSource>();
        for (int i = 0; i < list.size(); i++) {
            source(name + "[" + i + "]", list.get(i)).ifPresent(sources::add);
        }
        return sources;
    }

    private Optional<AttachmentSource> source(String path, JsonValue entry) {
        if (!(entry instanceof JsonObject object)) {
            errors.add(new FieldError(path, "must be an object"));
            return Optional.empty();
        }
        boolean uploaded = object.containsKey("uploadId");
        Set<String> known = uploaded ? UPLOADED : INLINE;
        object.keySet()
                .stream()
                .filter(member -> !known.contains(member))
                .forEach(member -> errors.add(new FieldError(path + "." + member, uploaded && INLINE.contains(member)
                        ? "is not told of an upload"
                        : "is not known here")));
        return uploaded ? uploaded(path, object) : inline(path, object);
    }

    private Optional<AttachmentSource> uploaded(String path, JsonObject object) {
        Optional<String> id = text(object, "uploadId").filter(text -> UPLOAD_ID.matcher(text).matches());
        if (id.isEmpty()) {
            errors.add(new FieldError(path + ".uploadId", "must be an upload's id, a text of digits"));
        }
        return id.map(AttachmentSource.Uploaded::new);
    }

    private Optional<AttachmentSource> inline(String path, JsonObject object) {
        Optional<String> title = text(object, "name").filter(text -> !text.isBlank() && text.length() <= LONGEST_NAME && Texts.storable(
                text));
        if (title.isEmpty()) {
            errors.add(new FieldError(path + ".name", "must be a text of 1 to " + LONGEST_NAME + " characters"));
        }
        Optional<AttachmentType> type = text(object, "mediaType").flatMap(AttachmentType::of);
        if (type.isEmpty()) {
            errors.add(new FieldError(path + ".mediaType", "must be one of " + AttachmentType.names()));
        }
        Optional<AttachmentContent> content = content(path + ".data", text(object, "data"), type);
        return title.flatMap(called -> type.flatMap(is -> content.map(all -> new AttachmentSource.Inline(called, is, all))));
    }

    private Optional<AttachmentContent> content(String path, Optional<String> data, Optional<AttachmentType> type) {
        Optional<byte[]> bytes = data.flatMap(AttachmentsBody::decoded).filter(some -> some.length > 0);
        Optional<String> complaint = bytes.isEmpty()
                ? Optional.of("must be a file in Base64, not an empty one")
                : type.flatMap(is -> complaint(is, bytes.get()));
        complaint.ifPresent(wrong -> errors.add(new FieldError(path, wrong)));
        return complaint.isEmpty() ? bytes.map(AttachmentContent::new) : Optional.empty();
    }

    private static Optional<String> complaint(AttachmentType type, byte[] bytes) {
        if (bytes.length > type.mostBytes()) {
            return Optional.of("must have " + type.mostBytes() + " bytes at most as " + type.mediaType());
        }
        return type.matches(bytes) ? Optional.empty() : Optional.of("is not " + type.mediaType());
    }

    private static Optional<byte[]> decoded(String data) {
        try {
            return Optional.of(Base64.getDecoder().decode(data));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonObject object, String member) {
        return object.get(member) instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
    }
}
