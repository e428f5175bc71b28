import { Bell } from "lucide-react";
import { cn } from "#components/ui/class-name";
import type { Urgency } from "#lib/incidents/vocabulary";

/** 1 is the worst: P1 of an incident. */
export type PriorityLevel = 1 | 2 | 3 | 4 | 5;

const marks: Record<PriorityLevel, string> = {
  1: "text-severity-1",
  2: "text-severity-2",
  3: "text-severity-3",
  4: "text-severity-4",
  5: "text-severity-5",
};
const fills: Record<PriorityLevel, string> = {
  1: "bg-severity-1 text-on-severity-1 border-transparent",
  2: "bg-severity-2 text-on-severity-2 border-transparent",
  3: "bg-severity-3 text-on-severity-3 border-transparent",
  4: "border-severity-4 text-on-severity-4",
  5: "border-severity-5 text-on-severity-5",
};

/** Five rising bars; more bars are worse. Decorative: the label stands beside it. */
export function SeverityGlyph({
  level,
  inherit,
  className,
}: {
  level: PriorityLevel;
  inherit?: boolean;
  className?: string;
}) {
  return (
    <svg
      viewBox="0 0 16 16"
      fill="currentColor"
      aria-hidden="true"
      data-glyph
      className={cn("size-4 shrink-0", inherit !== true && marks[level], className)}
    >
      {[0, 1, 2, 3, 4].map((bar) => (
        <rect
          key={bar}
          x={1 + bar * 3}
          y={11 - bar * 2.25}
          width="2"
          height={3 + bar * 2.25}
          rx="0.5"
          opacity={bar <= 5 - level ? 1 : 0.28}
        />
      ))}
    </svg>
  );
}

interface PriorityBadgeProps {
  level: PriorityLevel;
  /** The organisation's own name for it; "P1" without one. */
  name?: string;
}

export function PriorityBadge({ level, name = `P${level}` }: PriorityBadgeProps) {
  return (
    <span
      data-mark
      data-solid
      className={cn(
        "inline-flex h-5 items-center gap-1 rounded-mark align-middle border px-1.5 text-meta font-semibold whitespace-nowrap",
        fills[level],
      )}
    >
      <SeverityGlyph level={level} inherit className="size-3" />
      <span className="sr-only">Priority </span>
      {name}
    </span>
  );
}

interface UrgencyIconProps {
  urgency: Urgency;
  /** Shows the word too. */
  labelled?: boolean;
}

/** Weight, not hue: a filled bell is high, an outlined one low. */
export function UrgencyIcon({ urgency, labelled = false }: UrgencyIconProps) {
  const label = urgency === "high" ? "High urgency" : "Low urgency";
  return (
    <span className="inline-flex items-center gap-1.5 align-middle whitespace-nowrap">
      <Bell
        aria-hidden
        className={cn("size-4 shrink-0", urgency === "high" ? "fill-current text-text" : "text-text-3")}
      />
      <span className={labelled ? undefined : "sr-only"}>{label}</span>
    </span>
  );
}
