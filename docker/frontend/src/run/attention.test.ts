import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { GRACE_MS, type Surroundings, watchAttention } from "./attention";

/** Some tabs of one browser, of which one is in sight at a time. */
class Browser {
  readonly log: string[] = [];
  readonly #tabs: Tab[] = [];

  open(name: string, hidden = false): Tab {
    const tab = new Tab(hidden, () => {
      for (const other of this.#tabs) if (other !== tab) other.announced();
    });
    this.#tabs.push(tab);
    tab.stop = watchAttention(
      { onSeen: () => this.log.push(`${name} on`), onUnseen: () => this.log.push(`${name} off`) },
      tab,
    );
    return tab;
  }
}

class Tab implements Surroundings {
  announced: () => void = () => undefined;
  stop: () => void = () => undefined;
  #changed: () => void = () => undefined;
  #hidden: boolean;
  readonly #announce: () => void;

  constructor(hidden: boolean, announce: () => void) {
    this.#hidden = hidden;
    this.#announce = announce;
  }

  show(hidden: boolean): void {
    this.#hidden = hidden;
    this.#changed();
  }

  isHidden = () => this.#hidden;
  announce = () => this.#announce();
  onVisibility = (listener: () => void) => {
    this.#changed = listener;
    return () => {
      this.#changed = () => undefined;
    };
  };
  onAnnounced = (listener: () => void) => {
    this.announced = listener;
    return () => {
      this.announced = () => undefined;
    };
  };
}

describe("watchAttention", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("keeps the stream through a short look away", () => {
    const browser = new Browser();
    const tab = browser.open("a");
    tab.show(true);
    vi.advanceTimersByTime(GRACE_MS - 1);
    tab.show(false);
    vi.advanceTimersByTime(GRACE_MS * 2);
    expect(browser.log).toEqual(["a on"]);
  });

  it("gives it back after a longer one, and takes it up again", () => {
    const browser = new Browser();
    const tab = browser.open("a");
    tab.show(true);
    vi.advanceTimersByTime(GRACE_MS);
    expect(browser.log).toEqual(["a on", "a off"]);
    tab.show(false);
    expect(browser.log).toEqual(["a on", "a off", "a on"]);
  });

  it("begins no stream in a tab that was opened in the background", () => {
    const browser = new Browser();
    const tab = browser.open("a", true);
    vi.advanceTimersByTime(GRACE_MS * 2);
    expect(browser.log).toEqual([]);
    tab.show(false);
    expect(browser.log).toEqual(["a on"]);
  });

  it("yields at once to another tab that comes into sight, so that ten in a row hold one", () => {
    const browser = new Browser();
    const tabs = Array.from({ length: 10 }, (_, index) => browser.open(`${index}`, true));
    for (const [index, tab] of tabs.entries()) {
      tabs[index - 1]?.show(true);
      tab.show(false);
    }
    const held = new Set<string>();
    let most = 0;
    for (const entry of browser.log) {
      const [name = "", what] = entry.split(" ");
      if (what === "on") held.add(name);
      else held.delete(name);
      most = Math.max(most, held.size);
    }
    expect([...held]).toEqual(["9"]);
    expect(most).toBeLessThanOrEqual(2);
  });

  it("stays on in two windows side by side", () => {
    const browser = new Browser();
    browser.open("a");
    browser.open("b");
    vi.advanceTimersByTime(GRACE_MS * 2);
    expect(browser.log).toEqual(["a on", "b on"]);
  });

  it("tells nothing once it is stopped", () => {
    const browser = new Browser();
    const tab = browser.open("a");
    tab.stop();
    tab.show(true);
    vi.advanceTimersByTime(GRACE_MS * 2);
    expect(browser.log).toEqual(["a on"]);
  });
});
