import type { RunError } from "./events";

const KIND = "urn:claude-agent-ui:problem:";

const REMEDIES: Record<string, string> = {
  "model-rate-limited": "Run it again in a minute. If it happens often, ask Anthropic for a higher limit.",
  "model-overloaded": "Run it again in a minute.",
  "model-failed": "Run it again in a minute.",
  "model-request-invalid": "Check the agent's model and parameters, then run it again.",
  "model-access-refused":
    "Whoever runs this server has to check ANTHROPIC_API_KEY in .env, then run ./stack up.",
  "model-timed-out": "Run it again, or ask for less at once.",
  "model-connection-failed":
    "Run it again. If it stays away, whoever runs this server has to look at its way out.",
  "model-answer-unreadable": "Run it again.",
  "tool-server-unavailable": "Check the MCP server, or take it from the agent, then run it again.",
  "attachment-unusable": "Attach the file anew, then run it again.",
  "turn-limit-reached": "Ask for less at once, or narrow the agent's tools.",
  "run-timed-out": "Run it again, or raise the agent's time limit.",
  "run-interrupted": "See what its tools did already, then run it again.",
};

/** The one next thing to do about a failed run. */
export function remedyFor(error: RunError): string {
  const kind = error.type.startsWith(KIND) ? error.type.slice(KIND.length) : "";
  return REMEDIES[kind] ?? "Run it again. If it fails again, tell your administrator this run's id.";
}
