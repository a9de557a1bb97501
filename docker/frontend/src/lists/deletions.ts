import { useSyncExternalStore } from "react";
import { toProblem } from "../api/problem";
import { type Toasts, toasts } from "../kit/toasts";

/** Something that is to be deleted unless it is called back in time. */
export interface Deletion {
  id: string;
  name: string;
  /** Deletes it. `leaving` says that the page goes away and the request has to outlive it. */
  run(leaving: boolean): Promise<unknown>;
  /** After it is gone, or turned out to be still there. */
  settled(): void;
}

/**
 * Deletions with a way back. Nothing is deleted before the time to undo is over: what is undone was never gone, and keeps
 * its id and all that refers to it. Whoever leaves the page has decided; what is waiting is then deleted at once.
 */
export class Deletions {
  private readonly waiting = new Map<string, { deletion: Deletion; toast: number }>();
  private readonly listeners = new Set<() => void>();
  private hidden: ReadonlySet<string> = new Set();
  private readonly toasts: Toasts;

  constructor(shownIn: Toasts) {
    this.toasts = shownIn;
  }

  request(deletion: Deletion): void {
    if (this.hidden.has(deletion.id)) return;
    this.publish(new Set(this.hidden).add(deletion.id));
    const toast = this.toasts.show(`“${deletion.name}” will be deleted`, {
      action: { label: "Undo", onPress: () => this.undo(deletion.id) },
      onClosed: () => this.commit(deletion.id),
    });
    this.waiting.set(deletion.id, { deletion, toast });
  }

  /** All that is waiting is deleted now. */
  flush(leaving = false): void {
    for (const id of [...this.waiting.keys()]) this.commit(id, leaving);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Ids of what is as good as deleted. */
  readonly ids = (): ReadonlySet<string> => this.hidden;

  private undo(id: string): void {
    if (!this.waiting.delete(id)) return;
    this.show(id);
  }

  private commit(id: string, leaving = false): void {
    const entry = this.waiting.get(id);
    if (entry === undefined) return;
    this.waiting.delete(id);
    this.toasts.dismiss(entry.toast);
    const { deletion } = entry;
    deletion.run(leaving).then(
      () => deletion.settled(),
      (error: unknown) => {
        const { title, detail } = toProblem(error);
        this.toasts.show(`“${deletion.name}” was not deleted. ${detail ?? title}`, { tone: "problem" });
        this.show(id);
        deletion.settled();
      },
    );
  }

  private show(id: string): void {
    const hidden = new Set(this.hidden);
    hidden.delete(id);
    this.publish(hidden);
  }

  private publish(hidden: ReadonlySet<string>): void {
    this.hidden = hidden;
    for (const listener of this.listeners) listener();
  }
}

export const deletions = new Deletions(toasts);
window.addEventListener("pagehide", () => deletions.flush(true));

export function useDeleted(): ReadonlySet<string> {
  return useSyncExternalStore(deletions.subscribe, deletions.ids);
}
