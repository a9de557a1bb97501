// @vitest-environment happy-dom
import { cleanup, configure, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { AnswerText } from "./AnswerText";
import { grow, NO_ANSWER } from "./answer";

configure({ asyncUtilTimeout: 30_000 });

afterEach(cleanup);

function show(text: string) {
  return render(<AnswerText answer={grow(NO_ANSWER, text)} growing={false} />);
}

describe("AnswerText", () => {
  it("asks no other host for anything: an image is a link", () => {
    const { container } = show("![A chart](https://elsewhere.example/chart.png)");
    expect(container.querySelector("img")).toBeNull();
    expect(screen.getByRole("link", { name: "Image: A chart" }).getAttribute("href")).toBe(
      "https://elsewhere.example/chart.png",
    );
  });

  it("opens links elsewhere, and none that would run a script", () => {
    show("[good](https://a.example) [bad](javascript:alert(1))");
    const good = screen.getByRole("link", { name: "good" });
    expect(good.getAttribute("rel")).toBe("noreferrer noopener");
    expect(screen.getByText("bad").getAttribute("href") ?? "").not.toContain("javascript");
  });

  it("shows tags as text, and no inline style anywhere", () => {
    const { container } = show(
      '<b onclick="x()">bold</b>\n\n| a |\n| ---: |\n| 1 |\n\n```html\n<i>x</i>\n```\n',
    );
    expect(container.querySelector("b, i, [style], [onclick], script")).toBeNull();
    expect(container.textContent).toContain("<i>x</i>");
  });

  it("puts headings below the page's own", () => {
    show("# One\n\n## Two\n\n### Three\n");
    expect(screen.getByRole("heading", { name: "One", level: 3 })).toBeDefined();
    expect(screen.getByRole("heading", { name: "Two", level: 3 })).toBeDefined();
    expect(screen.getByRole("heading", { name: "Three", level: 4 })).toBeDefined();
  });

  it("gives code its language and a way to copy it", () => {
    show("```python\nprint(1)\n```\n");
    expect(screen.getByText("python")).toBeDefined();
    expect(screen.getByRole("button", { name: "Copy code" })).toBeDefined();
  });
});
