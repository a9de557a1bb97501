package org.claudeagentui.acceptance.stack;

import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class LiveHeapTest {
    private static final String HISTOGRAM = """
            30576:
             num     #instances         #bytes  class name (module)
            -------------------------------------------------------
               1:         42695        4194304  [B (java.base@25)
               2:         12051        1048576  org.claudeagentui.agents.Agent
               3:          8950         893440  [Ljdk.internal.vm.FillerElement; (java.base@25)
            Total        296053       14749272
            """;

    @Test
    void countsWhatBelongsToSomebody() {
        assertThat(LiveHeap.parse(HISTOGRAM).mebibytes()).isCloseTo(5.0, within(1e-9));
    }

    @Test
    void namesWhatGrewMostFirst() {
        LiveHeap before = new LiveHeap(Map.of("[B", 1024L, "gone", 10L, "less", 9L));
        LiveHeap after = new LiveHeap(Map.of("[B", 2048L, "new", 512L, "newer", 256L, "less", 8L));

        assertThat(after.growth(before, 2)).isEqualTo("[B +1.0 KiB, new +0.5 KiB");
    }

    @Test
    void whatIsNoHistogramIsRefused() {
        assertThatThrownBy(() -> LiveHeap.parse("30576:\n")).hasMessageContaining("30576");
    }
}
