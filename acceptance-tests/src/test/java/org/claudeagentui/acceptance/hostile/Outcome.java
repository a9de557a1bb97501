package org.claudeagentui.acceptance.hostile;

import java.util.List;
import java.util.Map;

/** What became of a request. */
public sealed interface Outcome {

    /** In few words, for a table. */
    String summary();

    /**
     * It was answered.
     *
     * @param headers each header's values, by its name in lower case
     * @param body the body as text, one character a byte
     * @param others how many answers came after this one
     */
    record Answered(int status, Map<String, List<String>> headers, String body, int others) implements Outcome {
        /** Keeps the headers from being changed. */
        public Answered {
            headers = Map.copyOf(headers);
        }

        /** A header's first value, empty where there is none. */
        public String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }

        @Override
        public String summary() {
            return String.valueOf(status);
        }
    }

    /** The connection ended without an answer. */
    record Cut() implements Outcome {
        @Override
        public String summary() {
            return "cut";
        }
    }

    /** It was answered as HTTP/0.9 does: by a body alone, which has no status to object to. */
    record Bare() implements Outcome {
        @Override
        public String summary() {
            return "HTTP/0.9";
        }
    }

    /** Neither answer nor end came in time. */
    record Hung(String soFar) implements Outcome {
        @Override
        public String summary() {
            return "hung";
        }
    }
}
