import type { Root } from "hast";
import type { LanguageFn } from "highlight.js";
import { createLowlight } from "lowlight";

/** Kept apart from who asks for it, so that it is loaded with the first code alone, and without grammars that nobody asked for. */
export function highlightBy(syntax: LanguageFn, code: string): Root {
  return createLowlight({ language: syntax }).highlight("language", code);
}
