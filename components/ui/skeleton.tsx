import { cn } from "#components/ui/class-name";

/** A block in the geometry of what will replace it; invisible for the first 150 ms. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn("skeleton rounded-control bg-raised", className)} />;
}

const widths = ["w-3/5", "w-2/5", "w-1/2", "w-4/5", "w-1/3"];

export function TableSkeleton({ rows = 12, columns = 5 }: { rows?: number; columns?: number }) {
  return (
    <div aria-busy="true" className="rounded-card border bg-surface">
      <span className="sr-only">Loading</span>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} aria-hidden className="flex h-row items-center gap-4 border-b px-3 last:border-b-0">
          {Array.from({ length: columns }, (_column, column) => (
            <div key={column} className={column === 1 ? "flex-3" : "flex-1"}>
              <Skeleton className={cn("h-3", widths[(row * 3 + column) % widths.length])} />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

export function CardSkeleton({ lines = 3 }: { lines?: number }) {
  return (
    <div aria-busy="true" className="flex flex-col gap-3 rounded-card border bg-surface p-4">
      <span className="sr-only">Loading</span>
      <Skeleton className="h-4 w-1/3" />
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} className={cn("h-3", widths[line % widths.length])} />
      ))}
    </div>
  );
}
