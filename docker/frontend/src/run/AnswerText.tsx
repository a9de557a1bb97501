import { memo } from "react";
import Markdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import { type Answer, type Block, lastBlocks } from "./answer";
import { CodeBlock } from "./CodeBlock";

const plugins = [remarkGfm];

/**
 * The page asks no other host for anything: images become links, and links open elsewhere. Headings go
 * below the page's own; most answers begin with one of the second level. Alignment would be an inline style, which the content policy refuses.
 */
const components: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  ),
  img: ({ src, alt }) => (
    <a href={typeof src === "string" ? src : undefined} target="_blank" rel="noreferrer noopener">
      {alt ? `Image: ${alt}` : "Image"}
    </a>
  ),
  h1: ({ children }) => <h3 className="answer-title">{children}</h3>,
  h2: ({ children }) => <h3>{children}</h3>,
  h3: ({ children }) => <h4>{children}</h4>,
  h4: ({ children }) => <h5>{children}</h5>,
  h5: ({ children }) => <h6>{children}</h6>,
  input: ({ checked }) => (
    <span className="answer-check" role="img" aria-label={checked ? "Done:" : "To do:"}>
      {checked ? "☑" : "☐"}
    </span>
  ),
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

const Prose = memo(function Prose({ text }: { text: string }) {
  return (
    <Markdown remarkPlugins={plugins} components={components}>
      {text}
    </Markdown>
  );
});

interface PageProps {
  blocks: readonly Block[];
  growing: boolean;
}

const Page = memo(function Page({ blocks, growing }: PageProps) {
  return (
    <div className="answer-page">
      {blocks.map((block, index) =>
        block.kind === "code" ? (
          <CodeBlock
            // biome-ignore lint/suspicious/noArrayIndexKey: a block's place is its identity; blocks are only appended.
            key={index}
            language={block.language}
            code={block.text}
            growing={growing && index === blocks.length - 1}
          />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same.
          <Prose key={index} text={block.text} />
        ),
      )}
    </div>
  );
});

/** An answer that may grow: only its last block is drawn anew, and pages out of sight are not laid out. */
export function AnswerText({ answer, growing }: { answer: Answer; growing: boolean }) {
  const last = lastBlocks(answer, growing);
  return (
    <div className={growing ? "answer growing" : "answer"}>
      {answer.pages.map((blocks, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pages are only appended.
        <Page key={index} blocks={blocks} growing={false} />
      ))}
      {last.length > 0 && <Page key={answer.pages.length} blocks={last} growing={growing} />}
    </div>
  );
}
