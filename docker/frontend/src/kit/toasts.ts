import { useSyncExternalStore } from "react";

export interface Toast {
  id: number;
  message: string;
  tone: "note" | "problem";
  action?: { label: string; onPress(): void };
}

export interface ToastOptions {
  tone?: Toast["tone"];
  action?: Toast["action"];
  /** How long it is shown; one with a problem stays until it is dismissed. */
  forMs?: number;
  /** Told when its time is over or the reader closes it; not when its action is taken. */
  onClosed?: () => void;
}

const SHOWN_MS = 6000;
const MOST = 5;

interface Timer {
  handle: ReturnType<typeof setTimeout> | undefined;
  since: number;
  leftMs: number;
}

/** The short messages at the edge of the page. Their time stands still while somebody is at them. */
export class Toasts {
  private toasts: readonly Toast[] = [];
  private readonly timers = new Map<number, Timer>();
  private readonly closing = new Map<number, () => void>();
  private readonly listeners = new Set<() => void>();
  private lastId = 0;
  private held = false;

  show(message: string, options: ToastOptions = {}): number {
    this.lastId += 1;
    const id = this.lastId;
    const tone = options.tone ?? "note";
    this.publish([...this.toasts, { id, message, tone, ...(options.action && { action: options.action }) }]);
    if (options.onClosed) this.closing.set(id, options.onClosed);
    if (tone === "note") {
      const timer: Timer = { handle: undefined, since: 0, leftMs: options.forMs ?? SHOWN_MS };
      this.timers.set(id, timer);
      if (!this.held) this.start(id, timer);
    }
    for (const old of this.toasts.slice(0, -MOST)) this.close(old.id);
    return id;
  }

  /** Its time is over, or the reader has seen enough of it. */
  close(id: number): void {
    const onClosed = this.closing.get(id);
    this.dismiss(id);
    onClosed?.();
  }

  /** Takes it away without a word to whoever showed it. */
  dismiss(id: number): void {
    this.closing.delete(id);
    const timer = this.timers.get(id);
    if (timer) clearTimeout(timer.handle);
    this.timers.delete(id);
    if (this.toasts.some((toast) => toast.id === id))
      this.publish(this.toasts.filter((toast) => toast.id !== id));
  }

  /** Somebody points at them or has the focus there. */
  hold(): void {
    if (this.held) return;
    this.held = true;
    for (const timer of this.timers.values()) {
      clearTimeout(timer.handle);
      timer.leftMs = Math.max(0, timer.leftMs - (Date.now() - timer.since));
    }
  }

  release(): void {
    if (!this.held) return;
    this.held = false;
    for (const [id, timer] of this.timers) this.start(id, timer);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly current = (): readonly Toast[] => this.toasts;

  private start(id: number, timer: Timer): void {
    timer.since = Date.now();
    timer.handle = setTimeout(() => this.close(id), timer.leftMs);
  }

  private publish(toasts: readonly Toast[]): void {
    this.toasts = toasts;
    if (toasts.length === 0) this.held = false;
    for (const listener of this.listeners) listener();
  }
}

export const toasts = new Toasts();

export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(toasts.subscribe, toasts.current);
}
