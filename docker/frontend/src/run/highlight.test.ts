import type { RootContent } from "hast";
import { describe, expect, it } from "vitest";
import { highlight } from "./highlight";

function textOf(nodes: readonly RootContent[]): string {
  return nodes
    .map((node) => (node.type === "text" ? node.value : node.type === "element" ? textOf(node.children) : ""))
    .join("");
}

describe("highlight", () => {
  it("marks the parts of code, by any of its language's names, and changes no character", async () => {
    const code = 'const greeting: string = "hello"; // <b>\n';
    for (const name of ["ts", "typescript"]) {
      const root = await highlight(name, code);
      expect(root && textOf(root.children)).toBe(code);
      expect(JSON.stringify(root)).toContain("hljs-keyword");
    }
  });

  it("leaves alone what it doesn't know", async () => {
    for (const name of ["", "klingon", "constructor", "__proto__"]) {
      expect(await highlight(name, "a")).toBeUndefined();
    }
  });

  it("leaves very long code alone", async () => {
    expect(await highlight("json", "1,".repeat(20_000))).toBeUndefined();
  });
});
