package org.claudeagentui.service.entries;

import jakarta.json.JsonObject;
import org.claudeagentui.service.strapi.ContentType;
import org.claudeagentui.service.strapi.Dated;
import org.claudeagentui.service.strapi.Expectation;
import org.claudeagentui.service.strapi.Shelf;
import org.claudeagentui.service.strapi.Strapi;
import org.claudeagentui.service.strapi.StrapiException;
import org.claudeagentui.service.web.EntityTags;
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

    /**
     * Makes an entry.
     *
     * @param id the id that it is to have; where there is one with that id already, that one is returned
     */
    Shown<T> create(JsonObject sent, Optional<String> id) {
        return shown(strapi.create(type, ownership.made(form.whole(sent)), id));
    }

    /**
     * Puts an entry in the place of one, if there is one.
     *
     * @throws StrapiException.Changed if it is none of those that are expected
     */
    Optional<Shown<T>> replace(String id, JsonObject sent, Optional<EntityTags> expected) {
        var attributes = form.whole(sent);
        if (expected.isEmpty() && ownership.isOfEverybody()) {
            return strapi.update(type, id, attributes, Expectation.NONE).map(this::shown);
        }
        return before(id)
                .flatMap(before -> strapi.update(type, id, attributes, expectation(before, expected)))
                .map(this::shown);
    }

    /**
     * Changes what is named of an entry, if there is one. What others change meanwhile is kept, and what comes of both has to be right.
     *
     * @throws StrapiException.Changed if it is none of those that are expected
     */
    Optional<Shown<T>> change(String id, JsonObject sent, Optional<EntityTags> expected) {
        if (named(expected).isEmpty()) {
            return strapi.rewrite(type, id, found -> Optional.of(reader.apply(found))
                    .filter(ownership::shows)
                    .map(before -> form.change(sent, writer.apply(before)))).map(this::shown);
        }
        return before(id).flatMap(before -> {
            var expectation = expectation(before, expected);
            return strapi.update(type, id, form.change(sent, writer.apply(reader.apply(before))), expectation);
        }).map(this::shown);
    }

    /**
     * Deletes an entry, and tells whether there was one. Strapi answers alike in both cases, so it is looked for first.
     *
     * @throws StrapiException.Changed if it is none of those that are expected
     */
    boolean delete(String id, Optional<EntityTags> expected) {
        var found = before(id);
        found.ifPresent(before -> strapi.delete(type, id, expectation(before, expected)));
        return found.isPresent();
    }

    /** What the caller would change. */
    private Optional<JsonObject> before(String id) {
        return strapi.findNow(type, id).filter(kept -> ownership.shows(reader.apply(kept)));
    }

    /** Strapi is told what was found, since it may be changed before the write comes there. */
    private Expectation expectation(JsonObject found, Optional<EntityTags> expected) {
        var tags = named(expected);
        if (tags.isEmpty()) {
            return Expectation.NONE;
        }
        if (shown(found).json().tag().filter(tags.get()::name).isEmpty()) {
            throw new StrapiException.Changed();
        }
        return Expectation.of(type, found);
    }

    private static Optional<EntityTags> named(Optional<EntityTags> expected) {
        return expected.filter(it -> !it.any());
    }

    private Shown<T> shown(JsonObject kept) {
        return Shown.of(kept, reader, writer);
    }
}
