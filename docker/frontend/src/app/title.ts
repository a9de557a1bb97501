const PRODUCT = "Claude Agent UI";

/** A page's title as the browser shows it: the page first, since tabs are narrow. */
export function titled(page: string): string {
  return `${page} · ${PRODUCT}`;
}
