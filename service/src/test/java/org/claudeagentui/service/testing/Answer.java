package org.claudeagentui.service.testing;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;

import java.io.StringReader;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.List;

/**
 * What the service answered.
 *
 * @param status the HTTP status
 * @param headers its headers
 * @param body its body as text
 */
public record Answer(int status, HttpHeaders headers, String body) {

    static Answer of(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    /** The first value of a header, empty if there is none. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** The body as a JSON object. */
    public JsonObject json() {
        try (var reader = Json.createReader(new StringReader(body))) {
            return reader.readObject();
        }
    }

    /** The members that a problem names. */
    public List<String> wrongFields() {
        return json().getJsonArray("errors").getValuesAs(JsonObject.class).stream().map(error -> error.getString("field")).toList();
    }

    /** A member of each entry of a list. */
    public List<String> texts(String member) {
        return json().getJsonArray("data")
                .getValuesAs(JsonObject.class)
                .stream()
                .map(entry -> (JsonString) entry.get(member))
                .map(JsonString::getString)
                .toList();
    }
}
