package org.claudeagentui.acceptance.standin;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.List;
import java.util.Optional;

/**
 * What the stand-in does with the requests that match.
 *
 * @param name for people
 * @param times how many requests it answers; absent means all
 * @param source as it was given, to be shown again
 */
record Script(String name, Match match, Optional<Integer> times, List<Step> steps, JsonNode source) {}
