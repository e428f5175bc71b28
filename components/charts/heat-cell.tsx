import { cn } from "#components/ui/class-name";

const steps = [
  "bg-sequential-0 text-on-sequential-0",
  "bg-sequential-1 text-on-sequential-1",
  "bg-sequential-2 text-on-sequential-2",
  "bg-sequential-3 text-on-sequential-3 font-semibold",
  "bg-sequential-4 text-on-sequential-4",
  "bg-sequential-5 text-on-sequential-5",
] as const;

interface HeatCellProps {
  value: number;
  /** The greatest value of the table: the darkest. */
  most: number;
  /** What the number counts, in full: "12 incidents of Payments in the week of 3 Nov". */
  label: string;
  href?: string;
  /** The time it counts has not ended. */
  incomplete?: boolean;
  className?: string;
}

/** A number on a shade of its size; the number is always printed, so that nothing is told by colour alone. */
export function HeatCell({ value, most, label, href, incomplete = false, className }: HeatCellProps) {
  const step = value <= 0 ? 0 : Math.max(1, Math.ceil((5 * value) / Math.max(1, most)));
  const look = cn(
    "tabular relative flex h-7 min-w-7 items-center justify-center rounded-mark px-1 text-meta touch:h-9",
    steps[step],
    incomplete && "border border-dashed border-border-strong",
    className,
  );
  if (value === 0 || href === undefined) {
    return (
      <span data-mark className={look} title={label}>
        <span aria-hidden>{value === 0 ? "·" : value}</span>
        <span className="sr-only">{label}</span>
      </span>
    );
  }
  return (
    <a data-mark href={href} aria-label={label} title={label} className={cn(look, "hover:underline")}>
      {value.toLocaleString("en")}
    </a>
  );
}
