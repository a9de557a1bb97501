import { describe, expect, it } from "vitest";
import type { ChatMessage } from "../../api/chats";
import { chatMarkdown, fileNameOf } from "./exportChat";

const AT = "2026-01-01T00:00:00Z";

describe("chatMarkdown", () => {
  it("tells who said what, with files, and how an answer ended", () => {
    const messages: ChatMessage[] = [
      {
        id: "1",
        role: "user",
        content: "What is it?\n",
        runId: "r",
        createdAt: AT,
        attachments: [{ id: "7", name: "a`b.png", mediaType: "image/png", size: 1 }],
      },
      { id: "2", role: "assistant", content: "A **cat", runId: "r", createdAt: AT, outcome: "cancelled" },
    ];
    expect(chatMarkdown("Cats", "Ada", messages)).toBe(
      `# Cats\n\n## You\n\n*${AT}*\n\nAttachments: \`a'b.png\`\n\nWhat is it?\n\n## Ada\n\n*${AT}*\n\nA **cat\n\n*Stopped before its end.*\n`,
    );
  });
});

describe("fileNameOf", () => {
  it("keeps letters of any script, and nothing that leads elsewhere", () => {
    expect(fileNameOf("Tides: high/low?")).toBe("Tides-high-low.md");
    expect(fileNameOf("../../etc/passwd")).toBe("etc-passwd.md");
    expect(fileNameOf("語 & 文")).toBe("語-文.md");
    expect(fileNameOf("…!")).toBe("chat.md");
  });
});
