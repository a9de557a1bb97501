package org.claudeagentui.acceptance.standin;

import com.fasterxml.jackson.databind.node.ArrayNode;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The scripts in force. The first given that matches and has not been used up wins. */
final class Scripts {
    static final int LIMIT = 1000;
    static final int LIMIT_BYTES = 4 * 1024 * 1024;

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private long created;

    /** The new script's id. */
    synchronized String add(Script script, int bytes) throws ScriptException {
        if (!fits(bytes)) {
            entries.values().removeIf(Entry::usedUp);
        }
        if (!fits(bytes)) {
            throw new ScriptException("body", "is too much: " + LIMIT + " scripts or " + LIMIT_BYTES
                    + " bytes of them are in force; DELETE /_standin/scripts forgets them");
        }
        created++;
        String id = "script-" + created;
        entries.put(id, new Entry(script, bytes));
        return id;
    }

    synchronized Optional<Chosen> choose(MessagesRequest request) {
        for (Map.Entry<String, Entry> entry : entries.entrySet()) {
            Entry candidate = entry.getValue();
            if (!candidate.usedUp() && candidate.script.match().test(request)) {
                candidate.uses++;
                return Optional.of(new Chosen(entry.getKey(), candidate.script));
            }
        }
        return Optional.empty();
    }

    synchronized boolean remove(String id) {
        return entries.remove(id) != null;
    }

    synchronized void clear() {
        entries.clear();
    }

    synchronized int size() {
        return entries.size();
    }

    synchronized ArrayNode json() {
        ArrayNode scripts = Json.array();
        entries.forEach((id, entry) -> scripts.addObject()
                .put("id", id)
                .put("uses", entry.uses)
                .put("usedUp", entry.usedUp())
                .set("script", entry.script.source()));
        return scripts;
    }

    private boolean fits(int bytes) {
        return entries.size() < LIMIT && entries.values().stream().mapToInt(entry -> entry.bytes).sum() + bytes <= LIMIT_BYTES;
    }

    record Chosen(String id, Script script) {}

    private static final class Entry {
        private final Script script;
        private final int bytes;
        private int uses;

        private Entry(Script script, int bytes) {
            this.script = script;
            this.bytes = bytes;
        }

        private boolean usedUp() {
            return script.times().map(times -> uses >= times).orElse(false);
        }
    }
}
