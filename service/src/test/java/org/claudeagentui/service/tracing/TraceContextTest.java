package org.claudeagentui.service.tracing;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TraceContextTest {
    private static final String HEADER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void isWhatTheHeaderSays() {
        var trace = TraceContext.parse(HEADER).orElseThrow();

        assertThat(trace).isEqualTo(new TraceContext("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", "01"));
        assertThat(trace.header()).isEqualTo(HEADER);
    }

    @Test
    void aLaterVersionMaySayMore() {
        assertThat(TraceContext.parse(HEADER.replaceFirst("00", "01") + "-more")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01", "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
        "00-0af7651916cd43dd8448eb211c80319-b7ad6b7169203331-01", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331"})
    void whatIsNoneBeginsNothing(String header) {
        assertThat(TraceContext.parse(header)).isEmpty();
    }

    @Test
    void theNextStepIsOfTheSameTrace() {
        var trace = TraceContext.begin();
        var next = trace.next();

        assertThat(next.traceId()).isEqualTo(trace.traceId());
        assertThat(next.spanId()).isNotEqualTo(trace.spanId());
        assertThat(TraceContext.parse(trace.header())).contains(trace);
    }

    @ParameterizedTest
    @CsvSource({"00, false", "01, true", "02, false", "03, true", "ff, true"})
    void itsFlagsSayWhetherItIsRecorded(String flags, boolean sampled) {
        assertThat(TraceContext.parse(HEADER.replaceFirst("01$", flags)).orElseThrow().sampled()).isEqualTo(sampled);
    }
}
