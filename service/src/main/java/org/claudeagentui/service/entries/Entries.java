package org.claudeagentui.service.entries;

import jakarta.json.JsonObject;
import org.claudeagentui.service.strapi.ContentType;
import org.claudeagentui.service.strapi.Dated;
import org.claudeagentui.service.strapi.Shelf;
import org.claudeagentui.service.strapi.Strapi;
import org.claudeagentui.service.web.ListQuery;

import java.util.Optional;
import java.util.function.Function;

/**
 * The entries of one kind.
 *
 * @param <T> what an entry is here
 */
public final class Entries<T> {
    private final Strapi strapi;
    private final ContentType type;
    private final EntryForm form;
    private final Function<JsonObject, T> reader;
    private final Function<T, JsonObject> writer;
    private final Ownership<T> ownership;
    private final Shelf<ListQuery, Rendered> pages;
    private final Shelf<String, Optional<Shown<T>>> singles;

    /**
     * The entries that Strapi keeps of a type, which are there for everybody.
     *
     * @param form what may be said of one
     * @param reader makes one of what Strapi keeps
     * @param writer shows one to clients
     */
    public Entries(Strapi strapi, ContentType type, EntryForm form, Function<JsonObject, T> reader, Function<T, JsonObject> writer) {
        this(strapi, type, form, reader, writer, Ownership.everybodys());
    }

    /**
     * The entries that Strapi keeps of a type.
     *
     * @param form what may be said of one
     * @param reader makes one of what Strapi keeps
     * @param writer shows one to clients
     * @param ownership whose they are
     */
    public Entries(Strapi strapi, ContentType type, EntryForm form, Function<JsonObject, T> reader, Function<T, JsonObject> writer,
            Ownership<T> ownership) {
        this.strapi = strapi;
        this.type = type;
        this.form = form;
        this.reader = reader;
        this.writer = writer;
        this.ownership = ownership;
        pages = strapi.pages(type, page -> Rendered.of(page.map(reader).toJson(writer)), Rendered::length);
        singles = strapi.entries(type, kept -> kept.map(entry -> Shown.of(entry, reader, writer)),
                shown -> shown.map(Shown::weight).orElse(0));
    }

    /**
     * The entry with that id, if there is one, as it is remembered: changes take a moment to be seen, and while Strapi is away it may
     * be some minutes old. The id may be any text.
     */
    public Optional<T> find(String id) {
        return show(id).value().map(Shown::entry);
    }

    /** The entry with that id, if there is one, as it is at this moment. */
    public Optional<T> findNow(String id) {
        return strapi.findNow(type, id).map(reader).filter(ownership::shows);
    }

    Dated<Optional<Shown<T>>> show(String id) {
        var found = singles.read(id);
        return new Dated<>(found.value().filter(shown -> ownership.shows(shown.entry())), found.age(), found.overdue());
    }

    Dated<Rendered> list(ListQuery query) {
        return pages.read(ownership.shown(query));
    }

    JsonObject json(T entry) {
        return writer.apply(entry);
    }

    T create(JsonObject sent) {
        return reader.apply(strapi.create(type, ownership.made(form.whole(sent))));
    }

    Optional<T> replace(String id, JsonObject sent) {
        var attributes = form.whole(sent);
        return ownership.isOfEverybody() || findNow(id).isPresent()
                ? strapi.update(type, id, attributes).map(reader)
                : Optional.empty();
    }

    Optional<T> change(String id, JsonObject sent) {
        return findNow(id).map(writer)
                .map(before -> form.change(sent, before))
                .flatMap(attributes -> strapi.update(type, id, attributes))
                .map(reader);
    }

    /** Strapi answers alike whether there was one or not, so it is looked for first. */
    boolean delete(String id) {
        var found = findNow(id).isPresent();
        if (found) {
            strapi.delete(type, id);
        }
        return found;
    }
}
