/**
 * Cuts Markdown where a blank line stands between blocks, so that a growing answer re-renders its
 * last block alone. Fenced code and indented continuations (lists) stay whole; joining the blocks
 * gives the text back.
 */
export function splitBlocks(text: string): string[] {
  const blocks: string[] = [];
  let block = "";
  let fence: string | undefined;
  let blank = false;
  for (const line of text.split(/(?<=\n)/)) {
    const continues = /^(\s|[-*+]\s|\d+[.)]\s|>|\|)/.test(line);
    if (fence === undefined && blank && line.trim() !== "" && !continues) {
      blocks.push(block);
      block = "";
    }
    const marker = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (marker !== undefined) {
      if (fence === undefined) fence = marker;
      else if (marker.startsWith(fence) && line.trim() === marker) fence = undefined;
    }
    blank = line.trim() === "";
    block += line;
  }
  if (block !== "") blocks.push(block);
  return blocks;
}
