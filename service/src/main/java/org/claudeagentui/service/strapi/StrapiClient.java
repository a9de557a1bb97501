package org.claudeagentui.service.strapi;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import org.claudeagentui.service.tracing.Span;
import org.claudeagentui.service.web.Jsons;
import org.claudeagentui.service.web.ListQuery;
import org.claudeagentui.service.web.Page;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Asks Strapi. Each call ends within seconds; whatever goes wrong is a {@link StrapiException}. */
final class StrapiClient {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{1,64}");

    private final StrapiApi api;

    StrapiClient(StrapiApi api) {
        this.api = api;
    }

    /** A page of entries, sorted by what people call them where the query doesn't say, searched in that and in descriptions. */
    Page<JsonObject> list(ContentType type, ListQuery query) {
        var search = query.search().map(FilterQuery::encoded).stream().toList();
        var inName = type.isTitled() ? List.<String>of() : search;
        var inTitle = type.isTitled() ? search : List.<String>of();
        var sort = query.sort().map(ListQuery.Sort::toString).orElse(type.isTitled() ? "title:asc" : "name:asc") + ",id:asc";
        return asked(() -> {
            var answer = FilterQuery.with(query.filters(),
                    () -> api.list(type.path(), query.page(), query.pageSize(), sort, type.populated(), inName, inName, inTitle));
            var total = answer.getJsonObject("meta").getJsonObject("pagination").getJsonNumber("total").longValueExact();
            return new Page<>(answer.getJsonArray("data").getValuesAs(JsonObject.class), query.page(), query.pageSize(), total);
        });
    }

    /** The entry with that id, if there is one; the id may be any text. */
    Optional<JsonObject> find(ContentType type, String id) {
        return existing(id, () -> data(api.find(type.path(), id, type.populated())));
    }

    /** Makes an entry of the given attributes and returns it as it is now. */
    JsonObject create(ContentType type, JsonObject attributes, Optional<String> id) {
        return written(type, attributes, () -> data(api.create(type.path(), type.populated(), id.orElse(""), entry(attributes))));
    }

    /** Changes the given attributes, a null clearing one, and returns the entry as it is now, if there is one. */
    Optional<JsonObject> update(ContentType type, String id, JsonObject attributes, Expectation expected) {
        return written(type, attributes,
                () -> existing(id, () -> data(api.update(type.path(), id, type.populated(), expected.header(), entry(attributes)))));
    }

    /** Deletes an entry. */
    void delete(ContentType type, String id, Expectation expected) {
        existing(id, () -> {
            api.delete(type.path(), id, expected.header()).close();
            return id;
        });
    }

    /**
     * What an MCP server is told in secret, if there is one with that id.
     *
     * @throws StrapiException.Undecipherable when it was stored under another key
     */
    Optional<JsonObject> secrets(String id) {
        return existing(id, () -> data(api.secrets(ContentType.MCP_SERVER.path(), id)));
    }

    /** The user with that name or e-mail address and password, unless there is none, or they are blocked. */
    Optional<JsonObject> signIn(String identifier, String password) {
        return found(() -> data(api.signIn(entry(texts("identifier", identifier, "password", password)))));
    }

    /** Gives a user another password; nothing where the current one is another. */
    Optional<JsonObject> changePassword(String id, String current, String next) {
        return existing(id, () -> data(api.changePassword(id, entry(texts("currentPassword", current, "newPassword", next)))));
    }

    /** Asks whether Strapi serves. */
    void probe() {
        asked(() -> {
            api.health().close();
            return true;
        });
    }

    private static <T> Optional<T> existing(String id, Supplier<T> call) {
        return ID.matcher(id).matches() ? found(call) : Optional.empty();
    }

    private static <T> Optional<T> found(Supplier<T> call) {
        try {
            return Optional.of(asked(call));
        } catch (StrapiException.NotFound e) {
            return Optional.empty();
        }
    }

    private static <T> T written(ContentType type, JsonObject attributes, Supplier<T> call) {
        try {
            return asked(call);
        } catch (StrapiException.Invalid e) {
            throw e.blaming(type.relations(), attributes);
        }
    }

    private static <T> T asked(Supplier<T> call) {
        try {
            return Span.step("Strapi", Span.Kind.CLIENT, call);
        } catch (ProcessingException | WebApplicationException e) {
            throw new StrapiException.Unavailable("Strapi can't be reached or doesn't answer in time: " + e.getMessage(), e);
        } catch (JsonException | ClassCastException | NullPointerException | ArithmeticException e) {
            throw new StrapiException.Unavailable("Strapi's answer is not what Strapi answers", e);
        }
    }

    private static JsonObject data(JsonObject answer) {
        return answer.getJsonObject("data");
    }

    private static JsonObject entry(JsonObject attributes) {
        return Jsons.PROVIDER.createObjectBuilder().add("data", attributes).build();
    }

    private static JsonObject texts(String first, String ofFirst, String second, String ofSecond) {
        return Jsons.PROVIDER.createObjectBuilder().add(first, ofFirst).add(second, ofSecond).build();
    }
}
