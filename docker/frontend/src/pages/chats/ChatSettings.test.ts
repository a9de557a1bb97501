import { describe, expect, it } from "vitest";
import type { Chat } from "../../api/chats";
import { choicesOf } from "./ChatFields";
import { changedSettings } from "./ChatSettings";

const AT = "2026-01-31T12:00:00.000Z";
const CHAT: Chat = {
  id: "c1",
  title: "Tides",
  agent: "a1",
  skills: ["s1", "s2"],
  customSystemPrompt: "Be brief.",
  archived: false,
  createdAt: AT,
  updatedAt: AT,
  lastActiveAt: AT,
};

describe("what the settings of a chat send", () => {
  it("is nothing where nothing was changed", () => {
    expect(changedSettings(CHAT, " Tides ", choicesOf(CHAT))).toEqual({});
    const indented = { ...CHAT, customSystemPrompt: " As a list:\n" };
    expect(changedSettings(indented, "Tides", choicesOf(indented))).toEqual({});
  });

  it("is what was changed, and no more", () => {
    expect(changedSettings(CHAT, "Ebb", choicesOf(CHAT))).toEqual({ title: "Ebb" });
    expect(changedSettings(CHAT, "Tides", { ...choicesOf(CHAT), agent: "a2" })).toEqual({ agent: "a2" });
    expect(changedSettings(CHAT, "Tides", { ...choicesOf(CHAT), skills: ["s2"] })).toEqual({
      skills: ["s2"],
    });
    expect(changedSettings(CHAT, "Tides", { ...choicesOf(CHAT), customSystemPrompt: "Be kind." })).toEqual({
      customSystemPrompt: "Be kind.",
    });
  });

  it("clears instructions that were emptied", () => {
    expect(changedSettings(CHAT, "Tides", { ...choicesOf(CHAT), customSystemPrompt: " " })).toEqual({
      customSystemPrompt: null,
    });
  });

  it("leaves the agent of a chat that has none", () => {
    const { agent: _, ...orphan } = CHAT;
    expect(changedSettings(orphan, "Tides", choicesOf(orphan))).toEqual({});
  });
});
