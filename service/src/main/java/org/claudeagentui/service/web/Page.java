package org.claudeagentui.service.web;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param <T> type of the entries
 * @param data the entries
 * @param page number of the page, from 1
 * @param pageSize most entries of a page
 * @param total how many entries the whole list has
 */
public record Page<T>(List<T> data, int page, int pageSize, long total) {

    /** Keeps the entries from being changed. */
    public Page {
        data = List.copyOf(data);
    }

    /**
     * The same page of something else.
     *
     * @param <U> type of the new entries
     * @param mapper makes a new entry of an old one
     * @return a page of the new entries
     */
    public <U> Page<U> map(Function<? super T, U> mapper) {
        Objects.requireNonNull(mapper, "mapper");
        return new Page<>(data.stream().<U>map(mapper).toList(), page, pageSize, total);
    }

    /**
     * The page as it is sent.
     *
     * @param writer makes JSON of an entry
     * @return an object with data and meta
     */
    public JsonObject toJson(Function<? super T, ? extends JsonValue> writer) {
        var entries = Jsons.PROVIDER.createArrayBuilder();
        data.forEach(entry -> entries.add(writer.apply(entry)));
        var meta = Jsons.PROVIDER.createObjectBuilder().add("page", page).add("pageSize", pageSize).add("total", total);
        return Jsons.PROVIDER.createObjectBuilder().add("data", entries).add("meta", meta).build();
    }
}
