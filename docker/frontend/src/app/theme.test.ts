// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";
import firstScript from "../../public/theme.js?raw";
import { chooseTheme, chosenTheme, type Theme } from "./theme";

/** The page is loaded anew. */
function load(): Theme {
  delete document.documentElement.dataset["theme"];
  new Function(firstScript)();
  return chosenTheme();
}

describe("the theme", () => {
  beforeEach(() => localStorage.clear());

  it("is the system's until another is chosen, and again once that is chosen", () => {
    expect(load()).toBe("system");
    chooseTheme("dark");
    chooseTheme("system");
    expect(chosenTheme()).toBe("system");
    expect(load()).toBe("system");
  });

  it("is kept when the page is loaded anew", () => {
    for (const theme of ["dark", "light"] as const) {
      chooseTheme(theme);
      expect(load()).toBe(theme);
    }
  });

  it("is the system's where something else was kept, or nothing can be", () => {
    localStorage.setItem("theme", "sepia");
    expect(load()).toBe("system");
    vi.stubGlobal("localStorage", undefined);
    expect(load()).toBe("system");
    chooseTheme("dark");
    expect(chosenTheme()).toBe("dark");
    vi.unstubAllGlobals();
  });
});
