import { describe, expect, it } from "vitest";
import type { Agent } from "../../api/agents";
import { agentValues, copiedValues, NEW_AGENT, readAgent } from "./agentForm";

const AGENT: Agent = {
  id: "a1",
  name: "Ada",
  slug: "ada",
  systemPrompt: "You add numbers.",
  enabled: true,
  model: "haiku",
  topP: 0.9,
  maxTokens: 200,
  timeoutMs: 1500,
  maxTurns: 7,
  stopSequences: ["\n\nEND"],
  allowedTools: [],
  disallowedTools: ["files__*"],
  skills: ["s1"],
  mcpServers: [],
  metadata: { team: "platform" },
  createdAt: "2026-01-01T00:00:00Z",
  updatedAt: "2026-01-01T00:00:00Z",
};

describe("readAgent", () => {
  it("gives back what an agent is made of", () => {
    const { id: _, createdAt: _c, updatedAt: _u, ...members } = AGENT;
    expect(readAgent(agentValues(AGENT))).toEqual({ members });
  });

  it("sends one of temperature and top-p, or neither", () => {
    const values = { ...agentValues(AGENT), temperature: "0.2" };
    expect(readAgent({ ...values, sampling: "temperature" })).toMatchObject({
      members: { temperature: 0.2 },
    });
    expect(readAgent({ ...values, sampling: "temperature" })).not.toHaveProperty("members.topP");
    expect(readAgent({ ...values, sampling: "default" })).not.toHaveProperty("members.temperature");
  });

  it("names every wrong field at once", () => {
    const reading = readAgent({
      ...NEW_AGENT,
      sampling: "topP",
      topP: "2",
      topK: "0",
      thinkingBudget: "1000",
      timeoutMs: "x",
      maxTurns: "51",
      metadata: "[]",
    });
    expect("errors" in reading && Object.keys(reading.errors).sort()).toEqual([
      "maxTurns",
      "metadata",
      "name",
      "systemPrompt",
      "thinkingBudget",
      "timeoutMs",
      "topK",
      "topP",
    ]);
  });

  it("wants a number where one was chosen", () => {
    const reading = readAgent({ ...agentValues(AGENT), sampling: "temperature", temperature: " " });
    expect("errors" in reading && Object.keys(reading.errors)).toEqual(["temperature"]);
  });
});

describe("copiedValues", () => {
  it("leaves the copy a name and an address of its own", () => {
    const long = { ...AGENT, name: "x".repeat(100) };
    expect(copiedValues(AGENT)).toMatchObject({ name: "Copy of Ada", slug: "", skills: ["s1"] });
    expect(copiedValues(long).name).toHaveLength(100);
    expect(copiedValues(long).name).not.toBe(long.name);
  });
});
