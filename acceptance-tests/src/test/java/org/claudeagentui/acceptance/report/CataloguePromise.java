package org.claudeagentui.acceptance.report;

import java.util.List;

/** A promise as the catalogue words it, under its family's heading, with the parts it is proved by; no parts means as a whole. */
record CataloguePromise(String id, String family, String text, List<String> parts) {
    CataloguePromise {
        parts = List.copyOf(parts);
    }
}
