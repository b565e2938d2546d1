// A page of short Markdown, drawn as elements from its tree: what somebody wrote never becomes markup.
import { useMemo } from "preact/hooks";
import type { ComponentChildren, JSX } from "preact";
import { markdown, type Block, type Inline } from "../../domain/markdown";
import "./markdown.css";

function drawn(pieces: readonly Inline[]): ComponentChildren {
  return pieces.map((piece, n) => {
    switch (piece.kind) {
      case "text":
        return piece.text;
      case "strong":
        return <strong key={n}>{drawn(piece.inner)}</strong>;
      case "em":
        return <em key={n}>{drawn(piece.inner)}</em>;
      case "tel":
        return (
          <a key={n} href={`tel:${piece.number}`}>
            <bdi>{piece.text}</bdi>
          </a>
        );
    }
  });
}

/** A block; headings stand one level below `under`. */
function Drawn({ block, under }: { block: Block; under: 1 | 2 }): JSX.Element {
  if (block.kind === "paragraph") return <p>{drawn(block.inner)}</p>;
  if (block.kind === "heading") return block.level + under === 3 ? <h2>{drawn(block.inner)}</h2> : <h3>{drawn(block.inner)}</h3>;
  const items = block.items.map((item, n) => <li key={n}>{drawn(item)}</li>);
  return block.ordered ? <ol start={block.start}>{items}</ol> : <ul>{items}</ul>;
}

interface MarkdownProps {
  /** The page as it was written. */
  source: string;
  /** Level of the heading that the page stands under. */
  under?: 1 | 2;
}

/** The page. */
export function Markdown({ source, under = 1 }: MarkdownProps): JSX.Element {
  const blocks = useMemo(() => markdown(source), [source]);
  return (
    <div class="markdown">
      {blocks.map((block, n) => (
        <Drawn key={n} block={block} under={under} />
      ))}
    </div>
  );
}
