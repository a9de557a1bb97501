import { describe, expect, it } from "vitest";
import { type Answer, type Block, grow, LONGEST_PROSE, lastBlocks, NO_ANSWER } from "./answer";

function blocks(answer: Answer, growing = false): Block[] {
  return [...answer.pages.flat(), ...lastBlocks(answer, growing)];
}

function whole(text: string): Block[] {
  return blocks(grow(NO_ANSWER, text));
}

const prose = (text: string): Block => ({ kind: "prose", text });
const code = (language: string, text: string): Block => ({ kind: "code", language, text });

describe("grow", () => {
  it("cuts between paragraphs", () => {
    expect(whole("One.\n\nTwo\nlines.\n\n\nThree.")).toEqual([
      prose("One.\n\n"),
      prose("Two\nlines.\n\n\n"),
      prose("Three."),
    ]);
  });

  it("takes fenced code out, its blank lines and shorter fences included", () => {
    expect(whole("Before:\n````md title\na\n\n```\n\nb\n````\nAfter")).toEqual([
      prose("Before:\n"),
      code("md", "a\n\n```\n\nb\n"),
      prose("After"),
    ]);
  });

  it("shows code whose fence has not come yet", () => {
    expect(whole("```ts\nconst a = 1;\nconst b")).toEqual([code("ts", "const a = 1;\nconst b")]);
  });

  it("doesn't take code within a line for a fence", () => {
    expect(whole("```a``` is code\n")).toEqual([prose("```a``` is code\n")]);
  });

  it("keeps a loose list together, code within it included", () => {
    const list = "1. one\n\n   ```sh\n   ls\n\n   pwd\n   ```\n\n2. two\n\n";
    expect(whole(`${list}After`)).toEqual([prose(list), prose("After")]);
  });

  it("cuts a long list between its items and a long table between its rows, under the same head", () => {
    const items = Array.from({ length: 900 }, (_, index) => `${index + 1}. item\n`).join("");
    const [first, second] = whole(items);
    expect(first?.text.length).toBeLessThan(LONGEST_PROSE + 20);
    expect(second?.text).toMatch(/^\d+\. item\n/);

    const head = "| a | b |\n| --- | --- |\n";
    const cut = whole(head + "| cell | cell |\n".repeat(900));
    expect(cut.length).toBeGreaterThan(1);
    for (const block of cut) expect(block.text.startsWith(head)).toBe(true);
    expect(cut.map(({ text }) => text.slice(head.length)).join("")).toBe("| cell | cell |\n".repeat(900));
  });

  it("cuts a line without end where a word ends, and loses nothing", () => {
    const line = "word ".repeat(5000);
    const cut = whole(line);
    expect(cut.map(({ text }) => text).join("")).toBe(line);
    expect(Math.max(...cut.map(({ text }) => text.length))).toBeLessThanOrEqual(LONGEST_PROSE + 1);
  });

  it("makes the same of a text however it comes", () => {
    const text =
      "# Title\n\nA paragraph.\n\n```\ncode\n\nmore\n```\n- a\n- b\n\n| a |\n| - |\n| 1 |\n\n> said\n\nThe end.\n";
    const expected = whole(text);
    for (let cut = 0; cut <= text.length; cut += 1) {
      expect(blocks(grow(grow(NO_ANSWER, text.slice(0, cut)), text.slice(cut)))).toEqual(expected);
    }
    const byCharacter = [...(text + "word ".repeat(3000))].reduce(grow, NO_ANSWER);
    expect(blocks(byCharacter)).toEqual(whole(text + "word ".repeat(3000)));
  });

  it("leaves finished blocks and pages as they are while the text grows", () => {
    const text = "# A title\n\nA *paragraph*.\n\n```js\ncode\n\nmore\n```\n\nEnd.\n\n".repeat(12);
    let answer = NO_ANSWER;
    let before: Block[] = [];
    for (const character of text) {
      const next = grow(answer, character);
      answer.pages.forEach((page, index) => {
        expect(next.pages[index]).toBe(page);
      });
      const now = blocks(next, true);
      expect(now.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
      if (!next.line.startsWith("`")) expect(blocks(next).at(-1)?.text.endsWith(next.line)).toBe(true);
      [answer, before] = [next, now];
    }
    expect(answer.pages.length).toBeGreaterThan(1);
    expect(answer.text).toBe(text);
  });

  it("holds back what may become a list, a fence or a number", () => {
    const growing = grow(NO_ANSWER, "Text.\n\n``");
    expect(blocks(growing, true)).toEqual([prose("Text.\n\n")]);
    expect(blocks(growing)).toEqual([prose("Text.\n\n"), prose("``")]);
    expect(blocks(grow(growing, "`py"), true)).toEqual([prose("Text.\n\n"), code("py", "")]);
  });
});
