package org.claudeagentui.acceptance.standin;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A message being told to the client, in events or in one piece. Whatever must come before a call is told first. */
sealed interface Reply permits StreamedReply, WholeReply {
    void begin(int status, Duration perByte) throws IOException, InterruptedException;

    void start() throws IOException, InterruptedException;

    void text(String delta) throws IOException, InterruptedException;

    void thinking(String delta) throws IOException, InterruptedException;

    void signature(String signature) throws IOException, InterruptedException;

    void toolUse(String id, String name) throws IOException, InterruptedException;

    void toolInput(String partialJson) throws IOException, InterruptedException;

    void ping() throws IOException, InterruptedException;

    void event(String name, JsonNode data) throws IOException, InterruptedException;

    void error(ApiError error) throws IOException, InterruptedException;

    void report(Step.ReportUsage usage);

    void stop(String reason, Optional<String> sequence) throws IOException, InterruptedException;

    /** Tells the message's end. */
    void stopMessage() throws IOException, InterruptedException;

    /** Tells what is still missing of a complete answer. */
    void finish() throws IOException, InterruptedException;
}
