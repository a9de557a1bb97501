/** A piece of an answer that can be shown by itself. Code that stands at the margin is a block of its own. */
export type Block = { kind: "prose"; text: string } | { kind: "code"; language: string; text: string };

/** A finished piece of code is cut nowhere; longer prose is, so that showing its growing end stays cheap. */
export const LONGEST_PROSE = 3000;
const LONGEST_UNCUT = 4 * LONGEST_PROSE;
const PAGE_SIZE = 24;

type Open =
  | { kind: "prose"; text: string; fence?: string; blank: boolean }
  | { kind: "code"; text: string; fence: string; language: string };

/**
 * Markdown that grows. What is finished lies in pages that never change again, so that a delta costs the
 * same whether the answer is short or long.
 */
export interface Answer {
  readonly text: string;
  readonly pages: readonly (readonly Block[])[];
  readonly latest: readonly Block[];
  readonly open?: Open;
  /** The last line, as far as it has come. */
  readonly line: string;
}

export const NO_ANSWER: Answer = { text: "", pages: [], latest: [], line: "" };

const CONTINUES = /^(\s|[-*+]\s|\d{1,9}[.)]\s|>|\|)/;
/** The beginning of a line that may still become anything. */
const UNDECIDED = /^( {0,3}|[-*+]|\d{1,9}[.)]?|[`~]{1,2})$/;
const FENCE = /^( {0,3})(`{3,}|~{3,})(.*)$/;

function fenceOf(line: string): { indent: number; fence: string; info: string } | undefined {
  const [, indent, fence, info] = FENCE.exec(line.trimEnd()) ?? [];
  if (indent === undefined || fence === undefined || info === undefined) return undefined;
  // By CommonMark a line such as ```code``` is no fence but code within a line.
  return fence.startsWith("`") && info.includes("`") ? undefined : { indent: indent.length, fence, info };
}

function closes(line: string, fence: string): boolean {
  const found = fenceOf(line);
  return found !== undefined && found.info === "" && found.fence.startsWith(fence);
}

function languageOf(info: string): string {
  return (/^\s*\{?\.?([\w#+-]+)/.exec(info)?.[1] ?? "").toLowerCase();
}

function finish(answer: Answer): Answer {
  const { open, ...rest } = answer;
  if (open === undefined) return rest;
  const block: Block =
    open.kind === "code"
      ? { kind: "code", language: open.language, text: open.text }
      : { kind: "prose", text: open.text };
  const latest = [...answer.latest, block];
  if (latest.length < PAGE_SIZE) return { ...rest, latest };
  return { ...rest, pages: [...answer.pages, latest], latest: [] };
}

/** The two lines that a table which is cut has to begin with again. */
function tableHead(text: string): string {
  const head = /(?:^|\n)(\|[^\n]*\n\|[\s:|-]+\n)(?:\|[^\n]*\n)*$/.exec(text)?.[1];
  return head ?? "";
}

function startsAnew(open: Open & { kind: "prose" }, line: string): boolean {
  if (open.fence !== undefined) return open.text.length > LONGEST_UNCUT;
  if (open.blank && line.trim() !== "" && !CONTINUES.test(line)) return true;
  if (open.text.length <= LONGEST_PROSE) return false;
  return open.text.length > LONGEST_UNCUT || /^([-*+]\s|\d{1,9}[.)]\s|\|)/.test(line);
}

function takeProse(answer: Answer, line: string): Answer {
  const { open } = answer;
  const marker = fenceOf(line);
  const within = open?.kind === "prose" ? open.fence : undefined;
  if (within === undefined && marker?.indent === 0) {
    const { fence, info } = marker;
    return { ...finish(answer), open: { kind: "code", text: "", fence, language: languageOf(info) } };
  }
  const anew = open?.kind !== "prose" || startsAnew(open, line);
  const lead = anew && open !== undefined && line.startsWith("|") && !("blank" in open && open.blank);
  const before = anew ? (lead ? tableHead(open.text) : "") : open.text;
  const fence = within === undefined ? marker?.fence : closes(line, within) ? undefined : within;
  const grown: Open = {
    kind: "prose",
    text: before + line,
    blank: line.trim() === "",
    ...(fence !== undefined && { fence }),
  };
  return { ...(anew ? finish(answer) : answer), open: grown };
}

function takeLine(answer: Answer, line: string): Answer {
  const { open } = answer;
  if (open?.kind !== "code") return takeProse(answer, line);
  if (closes(line, open.fence)) return finish(answer);
  return { ...answer, open: { ...open, text: open.text + line } };
}

/** A line without end is cut where a word ends, as if a paragraph did. */
function takeEndless(answer: Answer, buffer: string): [Answer, string] {
  const space = buffer.lastIndexOf(" ", LONGEST_PROSE);
  const end = space > 0 ? space + 1 : LONGEST_PROSE;
  const begun = finish(takeProse(answer, buffer.slice(0, end)));
  return [{ ...begun, open: { kind: "prose", text: "", blank: false } }, buffer.slice(end)];
}

/** Takes in the next piece of the text. How the text was cut into pieces makes no difference. */
export function grow(answer: Answer, delta: string): Answer {
  let next: Answer = answer;
  let buffer = answer.line + delta;
  let from = answer.line.length;
  for (;;) {
    const end = buffer.indexOf("\n", from);
    const endless = next.open?.kind !== "code" && (end < 0 ? buffer.length : end) > LONGEST_PROSE;
    if (endless) [next, buffer] = takeEndless(next, buffer);
    else if (end >= 0) {
      next = takeLine(next, buffer.slice(0, end + 1));
      buffer = buffer.slice(end + 1);
    } else break;
    from = 0;
  }
  return { ...next, text: answer.text + delta, line: buffer };
}

function shown(answer: Answer): Answer {
  const { open, line } = answer;
  if (line === "") return answer;
  // What may be the beginning of the closing fence is not shown as code.
  if (open?.kind === "code" && /^ {0,3}[`~]+\s*$/.test(line)) return answer;
  return takeLine(answer, line);
}

/**
 * The blocks after the last page: finished ones, and the one that grows. Of a growing answer the beginning
 * of a line is held back until it tells what it begins.
 */
export function lastBlocks(answer: Answer, growing: boolean): readonly Block[] {
  const held = growing && answer.open?.kind !== "code" && UNDECIDED.test(answer.line);
  const { pages, latest } = finish(held ? answer : shown(answer));
  // Showing must not turn the page: the blocks keep their places until they are finished.
  return [...pages.slice(answer.pages.length).flat(), ...latest];
}
