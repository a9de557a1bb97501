package org.claudeagentui.service.web;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which part of a list is asked for.
 *
 * @param page number of the page, from 1
 * @param pageSize most entries of a page, 1 to 100
 * @param sort what to sort by, if the client cares
 * @param search text to look for, if any
 * @param filters what members have to be, by the paths where they are kept
 */
public record ListQuery(int page, int pageSize, Optional<Sort> sort, Optional<String> search, SortedMap<String, String> filters) {
    private static final int MOST_PAGES = 1_000_000;
    private static final int MOST_ENTRIES = 100;
    private static final int LONGEST_SEARCH = 200;
    private static final List<String> NAMES = List.of("page", "pageSize", "sort", "search");
    private static final Pattern SORT = Pattern.compile("(?<field>[A-Za-z]{1,64})(?::(?<direction>asc|desc))?");

    /** Keeps the filters from being changed. */
    public ListQuery {
        filters = Collections.unmodifiableSortedMap(new TreeMap<>(filters));
    }

    /** A list of which all entries are meant. */
    public ListQuery(int page, int pageSize, Optional<Sort> sort, Optional<String> search) {
        this(page, pageSize, sort, search, Collections.emptySortedMap());
    }

    /**
     * What a list is sorted by.
     *
     * @param field name of a member
     * @param descending whether the greatest comes first
     */
    public record Sort(String field, boolean descending) {
        @Override
        public String toString() {
            return field + (descending ? ":desc" : ":asc");
        }
    }

    /**
     * Reads the query of an address.
     *
     * @param query each name's values
     * @param listing how the list can be asked for
     * @return what is asked for, with defaults for what isn't named
     * @throws ProblemException naming every parameter that is unknown or wrong
     */
    public static ListQuery of(Map<String, List<String>> query, Listing listing) {
        var errors = new ArrayList<FieldError>();
        var names = Stream.concat(NAMES.stream(), listing.filters().keySet().stream().sorted()).toList();
        query.forEach((name, values) -> {
            if (!names.contains(name)) {
                errors.add(new FieldError(name, "is no parameter of this list; those are " + String.join(", ", names)));
            } else if (values.size() > 1) {
                errors.add(new FieldError(name, "is given more than once"));
            }
        });
        var page = whole(query, "page", 1, MOST_PAGES, errors);
        var pageSize = whole(query, "pageSize", 25, MOST_ENTRIES, errors);
        var sort = value(query, "sort").flatMap(text -> sort(text, listing.sortable(), errors));
        var search = value(query, "search").map(String::strip).filter(text -> !text.isEmpty());
        if (search.filter(text -> text.length() > LONGEST_SEARCH || !Texts.storable(text)).isPresent()) {
            errors.add(new FieldError("search", "has to have " + LONGEST_SEARCH + " characters at most, none of them NUL"));
        }
        var filters = filters(query, listing.filters(), errors);
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return new ListQuery(page, pageSize, sort, search, filters);
    }

    /**
     * The same, of a list that can't be searched.
     *
     * @throws ProblemException where it is searched
     */
    public ListQuery withoutSearch() {
        if (search.isPresent()) {
            throw ProblemException.invalid(List.of(new FieldError("search", "is not offered here")));
        }
        return this;
    }

    /** The same list, narrowed further: what is kept at a path has to be that. */
    public ListQuery narrowed(String path, String value) {
        var narrower = new TreeMap<>(filters);
        narrower.put(path, value);
        return new ListQuery(page, pageSize, sort, search, narrower);
    }

    private static SortedMap<String, String> filters(Map<String, List<String>> query, Map<String, Filter> filters,
            List<FieldError> errors) {
        var narrowed = new TreeMap<String, String>();
        filters.forEach((name, filter) -> value(query, name).ifPresent(text -> {
            filter.complaint().apply(text).ifPresent(complaint -> errors.add(new FieldError(name, complaint)));
            narrowed.put(filter.path(), text);
        }));
        return narrowed;
    }

    private static int whole(Map<String, List<String>> query, String name, int fallback, int most, List<FieldError> errors) {
        var text = value(query, name);
        if (text.isEmpty()) {
            return fallback;
        }
        var number = text.filter(it -> it.matches("[0-9]{1,9}")).map(Integer::parseInt).filter(it -> it >= 1 && it <= most);
        if (number.isEmpty()) {
            errors.add(new FieldError(name, "has to be a whole number from 1 to " + most));
        }
        return number.orElse(fallback);
    }

    private static Optional<Sort> sort(String text, Set<String> sortable, List<FieldError> errors) {
        var sort = Optional.of(SORT.matcher(text))
                .filter(match -> match.matches() && sortable.contains(match.group("field")))
                .map(match -> new Sort(match.group("field"), "desc".equals(match.group("direction"))));
        if (sort.isEmpty()) {
            var names = String.join(", ", sortable.stream().sorted().toList());
            errors.add(new FieldError("sort", "has to be one of " + names + ", with :asc or :desc"));
        }
        return sort;
    }

    private static Optional<String> value(Map<String, List<String>> query, String name) {
        return Optional.ofNullable(query.get(name))
                .stream()
                .flatMap(values -> Stream.ofNullable(values.isEmpty() ? null : values.getFirst()))
                .findFirst();
    }
}
