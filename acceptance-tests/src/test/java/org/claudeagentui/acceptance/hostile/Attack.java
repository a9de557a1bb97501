package org.claudeagentui.acceptance.hostile;

import java.util.List;
import java.util.function.BiConsumer;

/**
 * A way to spoil a request.
 *
 * @param title what is bad then
 * @param target which requests can be spoiled so
 * @param spoiling spoils one
 */
record Attack(String title, Target target, BiConsumer<Draft, Dice> spoiling) {

    /** All that there are. */
    static final List<Attack> ALL = List.of(
            new Attack("a wrong type", Target.WITH_A_BODY, BodyAttacks::wrongType),
            new Attack("an over-long text", Target.WITH_A_BODY, BodyAttacks::tooLong),
            new Attack("deep JSON", Target.WITH_A_BODY, BodyAttacks::deep),
            new Attack("huge numbers", Target.WITH_A_BODY, BodyAttacks::numbers),
            new Attack("NUL, lone surrogates, bad UTF-8", Target.WITH_A_BODY, BodyAttacks::characters),
            new Attack("unknown and doubled members", Target.WITH_A_BODY, BodyAttacks::members),
            new Attack("no JSON object", Target.WITH_A_BODY, BodyAttacks::noObject),
            new Attack("wrong or no content type", Target.WITH_A_BODY, BodyAttacks::contentType),
            new Attack("an oversized body", Target.WITH_A_BODY, BodyAttacks::oversized),
            new Attack("a chunked body", Target.WITH_A_BODY, FramingAttacks::chunked),
            new Attack("a body where none belongs", Target.WITHOUT_A_BODY, BodyAttacks::uninvited),
            new Attack("path tricks", Target.ANY, AddressAttacks::path),
            new Attack("an id that is none", Target.WITH_AN_ID, AddressAttacks::id),
            new Attack("a long address", Target.ANY, AddressAttacks::longAddress),
            new Attack("a bad query", Target.ANY, AddressAttacks::query),
            new Attack("no such target", Target.ANY, AddressAttacks::target),
            new Attack("an odd method", Target.ANY, HeaderAttacks::method),
            new Attack("odd headers", Target.ANY, HeaderAttacks::values),
            new Attack("broken headers", Target.ANY, HeaderAttacks::syntax),
            new Attack("another protocol", Target.ANY, FramingAttacks::protocol),
            new Attack("two lengths", Target.ANY, FramingAttacks::smuggling));

    enum Target {
        ANY, WITH_A_BODY, WITHOUT_A_BODY, WITH_AN_ID
    }

    boolean fits(Draft draft) {
        return switch (target) {
            case ANY -> true;
            case WITH_A_BODY -> draft.operation().body().isPresent();
            case WITHOUT_A_BODY -> draft.operation().body().isEmpty();
            case WITH_AN_ID -> draft.operation().path().contains("{");
        };
    }

    HostileRequest on(Draft draft, Dice dice) {
        spoiling.accept(draft, dice);
        return draft.request(title);
    }
}
