package org.claudeagentui.service.runs;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import org.claudeagentui.service.web.Jsons;

import java.io.StringReader;
import java.util.List;
import java.util.Optional;

/** Attachments as clients see them, and as they are kept. */
public final class AttachmentJson {

    private AttachmentJson() {
    }

    /** As clients see them. */
    public static JsonArrayBuilder told(List<Attachment> attachments) {
        JsonArrayBuilder list = Jsons.PROVIDER.createArrayBuilder();
        attachments.forEach(attachment -> list.add(members(attachment)));
        return list;
    }

    /** As they are kept. */
    public static JsonArray kept(List<Attachment> attachments) {
        JsonArrayBuilder list = Jsons.PROVIDER.createArrayBuilder();
        attachments.forEach(attachment -> {
            JsonObjectBuilder json = members(attachment);
            attachment.sha256().ifPresent(hash -> json.add("sha256", hash));
            list.add(json);
        });
        return list.build();
    }

    static List<Attachment> read(String kept) {
        try (var reader = Jsons.PROVIDER.createReader(new StringReader(kept))) {
            return read(reader.readArray());
        }
    }

    /** Those that were kept. */
    public static List<Attachment> read(JsonArray kept) {
        return kept.getValuesAs(JsonObject.class).stream().map(AttachmentJson::attachment).toList();
    }

    private static JsonObjectBuilder members(Attachment attachment) {
        return Jsons.PROVIDER.createObjectBuilder()
                .add("id", attachment.id())
                .add("name", attachment.name())
                .add("mediaType", attachment.type().mediaType())
                .add("size", attachment.size());
    }

    private static Attachment attachment(JsonObject json) {
        String mediaType = json.getString("mediaType");
        return new Attachment(json.getString("id"), json.getString("name"), AttachmentType.of(mediaType)
                .orElseThrow(() -> new IllegalStateException("a run's attachment is of the type " + mediaType)), json
                        .getJsonNumber("size")
                        .longValueExact(), Optional.ofNullable(json.getString("sha256", null)));
    }
}
