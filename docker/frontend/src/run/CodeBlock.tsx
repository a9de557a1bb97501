import type { Root, RootContent } from "hast";
import { memo, type ReactNode, useEffect, useState } from "react";
import { CopyButton } from "./CopyButton";
import { highlight } from "./highlight";

const PART = 4000;

/** Text in parts that stay as they are while it grows, so that a browser lays out its end alone. */
export function inParts(text: string): string[] {
  const parts: string[] = [];
  for (let from = 0; from < text.length; from += PART) parts.push(text.slice(from, from + PART));
  return parts;
}

/** Plain text that may be long, and may grow. */
export function PlainText({ text }: { text: string }) {
  return inParts(text).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a part's place is its identity.
    <span key={index}>{part}</span>
  ));
}

function spans(nodes: readonly RootContent[]): ReactNode[] {
  return nodes.map((node, index) => {
    if (node.type === "text") return node.value;
    if (node.type !== "element") return null;
    const classes = node.properties["className"];
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the tree of finished code never changes.
      <span key={index} className={Array.isArray(classes) ? classes.join(" ") : ""}>
        {spans(node.children)}
      </span>
    );
  });
}

function whenIdle(work: () => void): () => void {
  if (typeof requestIdleCallback === "undefined") {
    const timer = setTimeout(work, 50);
    return () => clearTimeout(timer);
  }
  const request = requestIdleCallback(work, { timeout: 2000 });
  return () => cancelIdleCallback(request);
}

function useHighlighted(language: string, code: string, growing: boolean): Root | undefined {
  const [root, setRoot] = useState<Root>();
  useEffect(() => {
    if (growing) return;
    let here = true;
    const cancel = whenIdle(() => {
      highlight(language, code).then(
        (tree) => here && setRoot(tree),
        // A grammar that can't be loaded leaves the code plain.
        () => undefined,
      );
    });
    return () => {
      here = false;
      cancel();
    };
  }, [language, code, growing]);
  return root;
}

/** Code with its language, coloured once it is complete, and a way to copy it. */
export const CodeBlock = memo(function CodeBlock(props: {
  language: string;
  code: string;
  growing: boolean;
}) {
  const { language, code, growing } = props;
  const root = useHighlighted(language, code, growing);
  return (
    <figure className="code">
      <figcaption className="code-head">
        <span>{language || "text"}</span>
        <CopyButton text={code} what="code" />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region, to be reachable by keyboard. */}
      <pre tabIndex={0}>
        <code>{root ? spans(root.children) : <PlainText text={code} />}</code>
      </pre>
    </figure>
  );
});
