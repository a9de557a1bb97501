package org.claudeagentui.service.strapi;

import jakarta.json.JsonObject;
import org.claudeagentui.service.web.ListQuery;
import org.claudeagentui.service.web.Page;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * The way to Strapi. Each call ends within seconds; whatever goes wrong is a {@link StrapiException}. Entries are
 * Strapi's own JSON, with {@code documentId} for an id.
 */
public final class Strapi {
    private final StrapiClient client;
    private final Memory memory;
    private final Gate direct;
    private final Retry retry = new Retry();

    Strapi(StrapiClient client, Memory memory) {
        this.client = client;
        this.memory = memory;
        this.direct = new Gate(memory.limits());
    }

    /**
     * Pages of entries, sorted by name where the query doesn't say, searched in name and description.
     *
     * @param <V> what is made of a page, once
     * @param reader makes it
     * @param weight how many bytes it takes, about
     */
    public <V> Shelf<ListQuery, V> pages(ContentType type, Function<Page<JsonObject>, V> reader, ToIntFunction<V> weight) {
        var generations = memory.changes().generations(type);
        return new Shelf<>(memory, _ -> generations.ofLists(), query -> reader.apply(client.list(type, query)), weight);
    }

    /**
     * Single entries by their ids, which may be any texts.
     *
     * @param <V> what is made of an entry, or of there being none, once
     * @param reader makes it
     * @param weight how many bytes it takes, about
     */
    public <V> Shelf<String, V> entries(ContentType type, Function<Optional<JsonObject>, V> reader, ToIntFunction<V> weight) {
        return new Shelf<>(memory, memory.changes().generations(type)::of, id -> reader.apply(client.find(type, id)), weight);
    }

    /** The entry with that id as it is at this moment, if there is one: for what a write or a secret depends on. */
    public Optional<JsonObject> findNow(ContentType type, String id) {
        return retry.read(() -> direct.pass(() -> client.find(type, id)));
    }

    /** A page of entries as they are at this moment. */
    public Page<JsonObject> listNow(ContentType type, ListQuery query) {
        return retry.read(() -> direct.pass(() -> client.list(type, query)));
    }

    /**
     * Makes an entry of the given attributes and returns it as it is now.
     *
     * @param id the document id that it is to have, 24 small letters and digits of which the first is a letter; where there is an entry
     *            with that id already, no other is made and that one returned. Nothing leaves the id to Strapi
     */
    public JsonObject create(ContentType type, JsonObject attributes, Optional<String> id) {
        try {
            var made = direct.pass(() -> client.create(type, attributes, id));
            memory.changes().happened(type, made.getString("documentId"));
            return made;
        } catch (RuntimeException e) {
            // It may have been made all the same.
            memory.changes().happened(type);
            throw e;
        }
    }

    /**
     * Changes the given attributes, a null clearing one, and returns the entry as it is now, if there is one.
     *
     * @throws StrapiException.Changed if it is not as expected; nothing is changed then
     */
    public Optional<JsonObject> update(ContentType type, String id, JsonObject attributes, Expectation expected) {
        return written(type, id, () -> client.update(type, id, attributes, expected));
    }

    /**
     * Changes an entry by what it is at the moment of the write, however others change it meanwhile, and returns it as it is then, if
     * there is one.
     *
     * @param change what to write into what was found; nothing where that is to be left alone. It is asked again for each new state
     * @throws StrapiException.Contended if others changed it each time
     */
    public Optional<JsonObject> rewrite(ContentType type, String id, Function<JsonObject, Optional<JsonObject>> change) {
        return Retry.rewrite(() -> findNow(type, id).flatMap(found -> change.apply(found)
                .flatMap(attributes -> update(type, id, attributes, Expectation.of(type, found)))));
    }

    /**
     * Deletes an entry.
     *
     * @throws StrapiException.Changed if it is not as expected; it stays then
     */
    public void delete(ContentType type, String id, Expectation expected) {
        written(type, id, () -> {
            client.delete(type, id, expected);
            return true;
        });
    }

    /**
     * What an MCP server is told in secret, if there is one with that id. It is remembered nowhere.
     *
     * @throws StrapiException.Undecipherable when it was stored under another key
     */
    public Optional<JsonObject> secrets(String id) {
        return retry.read(() -> direct.pass(() -> client.secrets(id)));
    }

    /** The user with that name or e-mail address and password, as Strapi keeps them; nothing where there is none, or they are blocked. */
    public Optional<JsonObject> signIn(String identifier, String password) {
        return direct.pass(() -> client.signIn(identifier, password));
    }

    /** Gives a user another password and returns the user; nothing where the current one is another. */
    public Optional<JsonObject> changePassword(String id, String current, String next) {
        return written(ContentType.ACCOUNT, id, () -> client.changePassword(id, current, next));
    }

    /** Asks whether Strapi serves. */
    public void probe() {
        client.probe();
    }

    /** A write whose answer is lost may have been done all the same. */
    private <T> T written(ContentType type, String id, Supplier<T> write) {
        try {
            return direct.pass(write);
        } finally {
            memory.changes().happened(type, id);
        }
    }
}
