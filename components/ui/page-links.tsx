import { ButtonLink } from "#components/ui/link";

interface PageLinksProps {
  /** Of the first row that is shown, from 0. */
  offset: number;
  shown: number;
  total: number;
  pageSize: number;
  /** The plural noun, for example "actions". */
  noun: string;
  hrefOf: (offset: number) => string;
}

/** Which part of a long list is shown, and the ways to the rest; nothing where all of it is. */
export function PageLinks({ offset, shown, total, pageSize, noun, hrefOf }: PageLinksProps) {
  if (offset === 0 && shown >= total) return null;
  return (
    <nav
      aria-label={`Pages of ${noun}`}
      className="flex flex-wrap items-center justify-center gap-3 py-3 text-table text-text-3"
    >
      {offset > 0 ? (
        <ButtonLink size="small" href={hrefOf(Math.max(0, offset - pageSize))}>
          Previous
        </ButtonLink>
      ) : null}
      <span className="tabular">
        {shown === 0 ? "None" : `${offset + 1} to ${offset + shown}`} of {total} {noun}
      </span>
      {offset + shown < total ? (
        <ButtonLink size="small" href={hrefOf(offset + pageSize)}>
          Next
        </ButtonLink>
      ) : null}
    </nav>
  );
}
