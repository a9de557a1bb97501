package org.claudeagentui.acceptance.report;

import java.util.List;

/** A promise as the catalogue words it, with the parts it is proved by; no parts means it is proved as a whole. */
record CataloguePromise(String id, String text, List<String> parts) {
    CataloguePromise {
        parts = List.copyOf(parts);
    }
}
