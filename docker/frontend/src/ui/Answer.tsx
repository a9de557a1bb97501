import { memo } from "react";
import Markdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import { splitBlocks } from "../run/blocks";

const plugins = [remarkGfm];

/** The page asks no other host for anything: images become links, and links open elsewhere. */
const components: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  ),
  img: ({ src, alt }) => (
    <a href={typeof src === "string" ? src : undefined} target="_blank" rel="noreferrer noopener">
      {alt || "image"}
    </a>
  ),
  // The alignment that Markdown asks for would be an inline style, which the content policy refuses.
  th: ({ children }) => <th scope="col">{children}</th>,
  td: ({ children }) => <td>{children}</td>,
  // What scrolls sideways must be reachable by keyboard.
  pre: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region.
    <pre tabIndex={0}>{children}</pre>
  ),
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region.
    <div className="table-frame" tabIndex={0}>
      <table>{children}</table>
    </div>
  ),
};

const Block = memo(function Block({ text }: { text: string }) {
  return (
    <Markdown remarkPlugins={plugins} components={components}>
      {text}
    </Markdown>
  );
});

/** Markdown that grows: only its last block is rendered anew. */
export function Answer({ text, growing }: { text: string; growing: boolean }) {
  return (
    <div className={growing ? "answer growing" : "answer"}>
      {splitBlocks(text).map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a block's place is its identity; blocks are only appended.
        <Block key={index} text={block} />
      ))}
    </div>
  );
}
