import type { ReactNode } from "react";
import { type BadgeForm, type Hue } from "#components/ui/badge";
import { cn } from "#components/ui/class-name";

export type Health =
  | "operational"
  | "degraded"
  | "partial_outage"
  | "major_outage"
  | "maintenance"
  | "unknown";

const shapes: Record<Health, ReactNode> = {
  operational: (
    <path
      fillRule="evenodd"
      d="M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1ZM7 11.8l5.1-5.6-1.3-1.2L6.9 9.3 5.1 7.5 3.8 8.7Z"
    />
  ),
  degraded: (
    <path
      fillRule="evenodd"
      d="M7.1 1.6a1 1 0 0 1 1.8 0l6.4 11.6a1 1 0 0 1-.9 1.5H1.6a1 1 0 0 1-.9-1.5ZM7.1 5.5v4.2h1.8V5.5ZM7.1 11v1.8h1.8V11Z"
    />
  ),
  partial_outage: (
    <>
      <circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M2 8h12A6 6 0 0 1 2 8Z" />
    </>
  ),
  major_outage: (
    <path
      fillRule="evenodd"
      d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1ZM6 4.7 4.7 6l2 2-2 2L6 11.3l2-2 2 2 1.3-1.3-2-2 2-2L10 4.7l-2 2Z"
    />
  ),
  maintenance: (
    <path
      fillRule="evenodd"
      d="M3 1h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H3a2 2 0 0 1-2-2V3a2 2 0 0 1 2-2ZM12.4 5.3 10.7 7 9.1 6.8 9 5.3l1.6-1.7a2.9 2.9 0 0 0-3.6 3.7L3.5 10.8a1.2 1.2 0 0 0 1.7 1.7L8.7 9a2.9 2.9 0 0 0 3.7-3.7Z"
    />
  ),
  unknown: (
    <circle
      cx="8"
      cy="8"
      r="6.25"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeDasharray="2.6 1.33"
    />
  ),
};

const looks: Record<Health, { label: string; hue: Hue; form: BadgeForm; fg: string }> = {
  operational: { label: "Operational", hue: "green", form: "plain", fg: "text-status-green-fg" },
  degraded: { label: "Degraded performance", hue: "amber", form: "tint", fg: "text-status-amber-fg" },
  partial_outage: { label: "Partial outage", hue: "orange", form: "solid", fg: "text-status-orange-fg" },
  major_outage: { label: "Major outage", hue: "red", form: "solid", fg: "text-status-red-fg" },
  maintenance: { label: "Maintenance", hue: "blue", form: "tint", fg: "text-status-blue-fg" },
  unknown: { label: "No data", hue: "slate", form: "outline", fg: "text-status-slate-fg" },
};

interface HealthIconProps {
  health: Health;
  /** Without a word beside it the icon carries the name itself. */
  named?: boolean;
  inherit?: boolean;
  className?: string;
}

export function HealthIcon({ health, named = false, inherit = false, className }: HealthIconProps) {
  const look = looks[health];
  return (
    <svg
      viewBox="0 0 16 16"
      fill="currentColor"
      data-glyph
      role={named ? "img" : undefined}
      aria-label={named ? look.label : undefined}
      aria-hidden={named ? undefined : true}
      className={cn("size-4 shrink-0", !inherit && look.fg, className)}
    >
      {shapes[health]}
    </svg>
  );
}
