import { Button } from "#components/ui/button";

interface LoadMoreProps {
  shown: number;
  /** The whole count where it is known. */
  total?: number;
  /** The plural noun, for example "incidents". */
  noun: string;
  hasMore: boolean;
  pending?: boolean;
  onLoadMore: () => void;
}

export function LoadMore({ shown, total, noun, hasMore, pending, onLoadMore }: LoadMoreProps) {
  return (
    <div className="flex items-center justify-center gap-3 py-3 text-table text-text-3">
      <span className="tabular">
        {total === undefined ? `${shown} ${noun}` : `${shown} of ${total} ${noun}`}
      </span>
      {hasMore ? (
        <Button size="small" pending={pending} pendingLabel="Loading…" onClick={onLoadMore}>
          Load more
        </Button>
      ) : null}
    </div>
  );
}
