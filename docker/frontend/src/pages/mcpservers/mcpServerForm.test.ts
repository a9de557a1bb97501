import { describe, expect, it } from "vitest";
import type { McpServer } from "../../api/mcpServers";
import { changedMembers } from "../../form/parse";
import { mcpServerValues, readMcpServer } from "./mcpServerForm";

const SERVER: McpServer = {
  id: "m1",
  name: "Weather",
  transport: "http",
  url: "https://example.com/mcp",
  args: [],
  envNames: [],
  headerNames: ["Authorization"],
  disabled: false,
  startupTimeoutMs: 2500,
  createdAt: "2026-01-01T00:00:00Z",
  updatedAt: "2026-01-01T00:00:00Z",
};

function members(values: ReturnType<typeof mcpServerValues>) {
  const reading = readMcpServer(values);
  if ("errors" in reading) throw new Error(JSON.stringify(reading.errors));
  return reading.members;
}

describe("readMcpServer", () => {
  const known = mcpServerValues(SERVER);

  it("leaves stored secrets alone where they are not set anew", () => {
    expect(members(known)).not.toHaveProperty("headers");
    expect(changedMembers(members(known), members({ ...known, url: "https://example.com/" }))).toEqual({
      url: "https://example.com/",
    });
  });

  it("replaces all of them, or takes them away", () => {
    const headers = [
      { name: " Authorization ", value: "Bearer x" },
      { name: "", value: "" },
    ];
    expect(changedMembers(members(known), members({ ...known, headers }))).toEqual({
      headers: { Authorization: "Bearer x" },
    });
    expect(members({ ...known, headers: [] }).headers).toEqual({});
  });

  it("refuses a secret that is half said, or said twice", () => {
    const half = [{ name: "Authorization", value: "" }];
    const twice = [
      { name: "A", value: "1" },
      { name: "A", value: "2" },
    ];
    for (const headers of [half, twice]) {
      const reading = readMcpServer({ ...known, headers });
      expect("errors" in reading && Object.keys(reading.errors)).toEqual(["headers"]);
    }
  });

  it("unsets an address where a program takes its place", () => {
    const program = { ...known, transport: "stdio" as const, command: "/bin/mcp", args: ["-v"] };
    expect(changedMembers(members(known), members(program))).toEqual({
      transport: "stdio",
      url: null,
      command: "/bin/mcp",
      args: ["-v"],
    });
  });

  it("needs an address, or a program", () => {
    for (const [transport, field] of [
      ["http", "url"],
      ["sse", "url"],
      ["stdio", "command"],
    ] as const) {
      const reading = readMcpServer({ ...known, transport, url: " ", command: "" });
      expect("errors" in reading && Object.keys(reading.errors)).toEqual([field]);
    }
  });
});
