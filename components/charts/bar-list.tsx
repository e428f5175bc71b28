import type { ReactNode } from "react";

interface BarListItem {
  label: string;
  value: number;
  /** The value with its unit, or with its counts: "94 % (47/50)". */
  valueLabel: ReactNode;
  href?: string;
}

/** Names with bars from zero, longest first as given; the number stands beside every bar. */
export function BarList({ label, items }: { label: string; items: readonly BarListItem[] }) {
  const most = Math.max(1, ...items.map((item) => item.value));
  return (
    <ul aria-label={label} className="flex flex-col gap-1">
      {items.map((item) => (
        <li
          key={item.label}
          className="relative flex min-h-8 items-center gap-3 overflow-hidden rounded-mark px-2 text-table"
        >
          <span
            aria-hidden
            data-mark
            className="absolute inset-y-0 left-0 rounded-mark bg-chart-band"
            style={{ width: `${(item.value / most) * 100}%` }}
          />
          {item.href === undefined ? (
            <span className="relative min-w-0 flex-1 truncate">{item.label}</span>
          ) : (
            <a href={item.href} className="relative min-w-0 flex-1 truncate hover:underline">
              {item.label}
            </a>
          )}
          <span className="tabular relative whitespace-nowrap text-text-2">{item.valueLabel}</span>
        </li>
      ))}
    </ul>
  );
}
