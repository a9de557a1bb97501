package org.claudeagentui.service.runs;

import jakarta.json.JsonReader;
import org.claudeagentui.service.web.Jsons;

import java.io.StringReader;
import java.util.List;

/** What the model has said in a run, without what a turn had said before it was started again. */
final class OutputText {

    private final StringBuilder text = new StringBuilder();
    private int turn;

    /** The text that a run's events, from the first, add up to. */
    static OutputText of(List<StoredEvent> events) {
        var output = new OutputText();
        events.forEach(output::read);
        return output;
    }

    /** Takes in one more event. */
    void add(RunEvent event) {
        switch (event) {
            case RunEvent.TurnStarted _ -> begin();
            case RunEvent.TurnRestarted _ -> beginAgain();
            case RunEvent.TextDelta delta -> text.append(delta.text());
            default -> {
                // No text of the answer.
            }
        }
    }

    private void read(StoredEvent event) {
        switch (event.type()) {
            case "turn.started" -> begin();
            case "turn.restarted" -> beginAgain();
            case "text.delta" -> {
                try (JsonReader reader = Jsons.PROVIDER.createReader(new StringReader(event.data()))) {
                    text.append(reader.readObject().getString("text"));
                }
            }
            default -> {
                // No text of the answer.
            }
        }
    }

    private void begin() {
        turn = text.length();
    }

    private void beginAgain() {
        text.setLength(turn);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
