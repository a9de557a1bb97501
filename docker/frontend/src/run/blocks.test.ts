import { describe, expect, it } from "vitest";
import { splitBlocks } from "./blocks";

describe("splitBlocks", () => {
  it("cuts between paragraphs and loses nothing", () => {
    const text = "One.\n\nTwo\nlines.\n\n\nThree.";
    expect(splitBlocks(text)).toEqual(["One.\n\n", "Two\nlines.\n\n\n", "Three."]);
  });

  it("keeps fenced code whole, its blank lines and inner fences included", () => {
    const code = "````md\na\n\n```\n\nb\n````\n\n";
    expect(splitBlocks(`Before\n\n${code}After`)).toEqual(["Before\n\n", code, "After"]);
  });

  it("keeps a loose list together", () => {
    const list = "1. one\n\n   more\n\n2. two\n\n";
    expect(splitBlocks(`${list}After`)).toEqual([list, "After"]);
  });

  it("leaves earlier blocks as they are while the text grows", () => {
    const text = "# Title\n\nA paragraph.\n\n```\ncode\n\nmore\n```\n\nThe end.\n";
    let before: string[] = [];
    for (let length = 1; length <= text.length; length += 1) {
      const now = splitBlocks(text.slice(0, length));
      expect(now.join("")).toBe(text.slice(0, length));
      expect(now.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
      before = now;
    }
  });
});
