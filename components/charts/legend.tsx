import type { ReactNode } from "react";

/** What the colours of a chart mean, in its order, each with its number. */
export function Legend({ items }: { items: readonly { label: string; fill: string; value?: ReactNode }[] }) {
  return (
    <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-meta text-text-2">
      {items.map(({ label, fill, value }) => (
        <li key={label} className="flex items-center gap-1.5">
          <span
            aria-hidden
            data-mark
            className={`size-2.5 rounded-[2px] ${fill.startsWith("url") ? "hatch border text-text-3" : ""}`}
            style={fill.startsWith("url") ? undefined : { background: fill }}
          />
          {label}
          {value === undefined ? null : (
            <span className="tabular [&_a]:inline-flex [&_a]:min-h-6 [&_a]:min-w-6 [&_a]:items-center">
              {value}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
