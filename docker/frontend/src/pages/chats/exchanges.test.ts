import { describe, expect, it } from "vitest";
import type { ChatMessage } from "../../api/chats";
import { exchangesOf, inOrder, titleOf } from "./exchanges";

function message(id: string, role: ChatMessage["role"], runId: string): ChatMessage {
  return { id, role, content: `${id} says`, runId, createdAt: "2026-01-01T00:00:00Z" };
}

const ASKED = message("q1", "user", "r1");
const ANSWERED = message("a1", "assistant", "r1");
const ASKED_AGAIN = message("q2", "user", "r2");

describe("exchangesOf", () => {
  it("joins an answer to what it answers", () => {
    expect(exchangesOf([ASKED, ANSWERED, ASKED_AGAIN])).toEqual([
      { runId: "r1", question: ASKED, asked: "q1 says", answer: ANSWERED },
      { runId: "r2", question: ASKED_AGAIN, asked: "q2 says" },
    ]);
  });

  it("shows an answer whose question lies on an earlier page", () => {
    expect(exchangesOf([ANSWERED])).toEqual([{ runId: "r1", asked: "", answer: ANSWERED }]);
  });

  it("shows a turn from the moment that it began, and once only", () => {
    const turn = { runId: "r2", content: "And tomorrow?" };
    expect(exchangesOf([ASKED, ANSWERED], turn)[1]).toEqual({ runId: "r2", asked: "And tomorrow?" });
    expect(exchangesOf([ASKED, ANSWERED, ASKED_AGAIN], turn)).toHaveLength(2);
  });
});

describe("inOrder", () => {
  it("turns pages around, and doubles nothing where they moved on between two requests", () => {
    const pages = [{ data: [ASKED_AGAIN, ANSWERED] }, { data: [ANSWERED, ASKED] }];
    expect(inOrder(pages).map(({ id }) => id)).toEqual(["q1", "a1", "q2"]);
  });
});

describe("titleOf", () => {
  it("takes the first line, cut where a word ends", () => {
    expect(titleOf("  Tides\nand more")).toBe("Tides");
    expect(titleOf("word ".repeat(30))).toBe(`${"word ".repeat(12).trim()}…`);
    expect(titleOf("x".repeat(100))).toBe(`${"x".repeat(60)}…`);
  });
});
