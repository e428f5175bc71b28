import type { ReactNode } from "react";
import { cn } from "#components/ui/class-name";

/** Term and value pairs; two columns where there is room. */
export function Facts({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <dl className={cn("grid grid-cols-[minmax(88px,auto)_1fr] gap-x-4 gap-y-2 text-body", className)}>
      {children}
    </dl>
  );
}

export function Fact({ term, children }: { term: ReactNode; children: ReactNode }) {
  return (
    <div className="col-span-2 grid grid-cols-subgrid">
      <dt className="text-text-3">{term}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

interface FigureProps {
  label: ReactNode;
  /** The value with its unit. */
  value: ReactNode;
  /** The interval, the comparison, n. */
  note?: ReactNode;
}

/** One number of a report: label, value, and what it rests on. */
export function KeyFigure({ label, value, note }: FigureProps) {
  return (
    <div className="flex min-w-0 flex-col gap-0.5">
      <span className="text-table text-text-2">{label}</span>
      <span className="tabular text-figure font-semibold tracking-tight">{value}</span>
      {note === undefined ? null : <span className="text-meta text-text-3">{note}</span>}
    </div>
  );
}
