import { TriangleAlert } from "lucide-react";
import { Disclosure } from "#components/ui/disclosure";

const SHOWN = 4;

/** Sentences of what should be known; many of them fold away. */
export function WarningList({ sentences }: { sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  const rest = sentences.slice(SHOWN);
  return (
    <div className="flex flex-col gap-1">
      <Sentences sentences={sentences.slice(0, SHOWN)} />
      {rest.length === 0 ? null : (
        <Disclosure summary={`${rest.length} more`}>
          <Sentences sentences={rest} />
        </Disclosure>
      )}
    </div>
  );
}

function Sentences({ sentences }: { sentences: readonly string[] }) {
  return (
    <ul className="flex flex-col gap-1">
      {sentences.map((sentence) => (
        <li key={sentence} className="flex gap-2 text-body text-text-2">
          <TriangleAlert aria-hidden className="mt-0.75 size-4 shrink-0 text-status-amber-fg" />
          {sentence}
        </li>
      ))}
    </ul>
  );
}
