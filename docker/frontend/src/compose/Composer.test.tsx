// @vitest-environment happy-dom
import { cleanup, configure, fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type AttachmentSource, sourcesOf } from "./attachments";
import { Composer, type ComposerProps } from "./Composer";

// A build on a busy machine is slow, and not wrong for that.
configure({ asyncUtilTimeout: 30_000 });
vi.setConfig({ testTimeout: 60_000 });

afterEach(cleanup);

function compose(props: Partial<ComposerProps> = {}, taken = true) {
  const sent: { text: string; files: AttachmentSource[] }[] = [];
  render(
    <Composer
      label="Message"
      placeholder="Write…"
      action="Send"
      atWork="Sending…"
      busy={false}
      onSend={async (text, files) => {
        sent.push({ text, files: sourcesOf(files) });
        return taken;
      }}
      {...props}
    />,
  );
  return { sent, field: () => screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Message" }) };
}

describe("Composer", () => {
  it("sends on Enter in a conversation, and makes a line with Shift", async () => {
    const { sent, field } = compose({ conversational: true });
    await userEvent.type(field(), "one{Shift>}{Enter}{/Shift}two{Enter}");
    expect(sent).toEqual([{ text: "one\ntwo", files: [] }]);
    expect(field().value).toBe("");
  });

  it("sends on Ctrl and Enter elsewhere", async () => {
    const { sent, field } = compose();
    await userEvent.type(field(), "one{Enter}two{Control>}{Enter}{/Control}");
    expect(sent.map(({ text }) => text)).toEqual(["one\ntwo"]);
  });

  it("gives back what was not taken", async () => {
    const { sent, field } = compose({ conversational: true }, false);
    await userEvent.type(field(), "again{Enter}");
    expect(sent.length).toBe(1);
    await expect.poll(() => field().value, { timeout: 30_000 }).toBe("again");
  });

  it("sends nothing while something is in the way, and says what", async () => {
    const { sent, field } = compose({ conversational: true, blocked: "Wait for the answer." });
    await userEvent.type(field(), "now{Enter}");
    expect(sent).toEqual([]);
    expect(screen.getByText("Wait for the answer.")).toBeDefined();
  });

  it("takes files that are dropped or pasted, and says why it leaves one out", async () => {
    const { sent, field } = compose({ conversational: true });
    fireEvent.drop(field(), {
      dataTransfer: { files: [new File(["a"], "a.txt"), new File(["b"], "b.mp4", { type: "video/mp4" })] },
    });
    fireEvent.paste(field(), { clipboardData: { files: [new File(["c"], "c.md")] } });
    await screen.findByText("c.md");
    await userEvent.click(screen.getByRole("button", { name: "Remove a.txt" }));
    await userEvent.type(field(), "see{Enter}");
    expect(sent).toEqual([
      { text: "see", files: [{ name: "c.md", mediaType: "text/markdown", data: "Yw==" }] },
    ]);
  });

  it("tells which file it can't take", async () => {
    const { field } = compose();
    fireEvent.drop(field(), {
      dataTransfer: { files: [new File(["b"], "b.mp4", { type: "video/mp4" })] },
    });
    expect((await screen.findByRole("alert")).textContent).toContain("b.mp4");
  });
});
