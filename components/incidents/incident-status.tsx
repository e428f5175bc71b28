import type { ReactNode } from "react";
import { Badge, type BadgeForm, type Hue } from "#components/ui/badge";
import { cn } from "#components/ui/class-name";
import type { IncidentStatus } from "#lib/incidents/vocabulary";

/** The stored status, or what is true of it on top: asleep, merged away, held back. */
export type ShownStatus = IncidentStatus | "snoozed" | "mitigated" | "suppressed" | "merged";

const shapes: Record<ShownStatus, ReactNode> = {
  triggered: (
    <path
      fillRule="evenodd"
      d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1ZM7.1 4v5.2h1.8V4ZM7.1 10.5v1.8h1.8v-1.8Z"
    />
  ),
  acknowledged: (
    <>
      <circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M8 3.75a4.25 4.25 0 0 0 0 8.5Z" />
    </>
  ),
  mitigated: (
    <g fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round">
      <circle cx="8" cy="8" r="6.25" />
      <path d="M2 8.5h3.5l1.3-3 2.2 5.5 1.4-2.5H14" />
    </g>
  ),
  resolved: (
    <path
      fillRule="evenodd"
      d="M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1ZM7 11.8l5.1-5.6-1.3-1.2L6.9 9.3 5.1 7.5 3.8 8.7Z"
    />
  ),
  snoozed: <path d="M14.3 10.4A6.8 6.8 0 0 1 5.6 1.7a6.8 6.8 0 1 0 8.7 8.7Z" />,
  suppressed: (
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
  merged: (
    <g fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" strokeLinejoin="round">
      <path d="M3 1.5v3c0 2.8 5 3.2 5 6.5v3M13 1.5v3c0 2.8-5 3.2-5 6.5" />
      <path d="m5.5 11.8 2.5 2.7 2.5-2.7" />
    </g>
  ),
};

const looks: Record<ShownStatus, { label: string; hue: Hue; form: BadgeForm; fg: string }> = {
  triggered: { label: "Triggered", hue: "red", form: "solid", fg: "text-status-red-fg" },
  acknowledged: { label: "Acknowledged", hue: "amber", form: "tint", fg: "text-status-amber-fg" },
  mitigated: { label: "Mitigated", hue: "blue", form: "tint", fg: "text-status-blue-fg" },
  resolved: { label: "Resolved", hue: "green", form: "plain", fg: "text-status-green-fg" },
  snoozed: { label: "Snoozed", hue: "slate", form: "tint", fg: "text-status-slate-fg" },
  suppressed: { label: "Suppressed", hue: "slate", form: "outline", fg: "text-status-slate-fg" },
  merged: { label: "Merged", hue: "slate", form: "outline", fg: "text-status-slate-fg" },
};

interface StatusIconProps {
  status: ShownStatus;
  /** Without a word beside it the icon carries the name itself. */
  named?: boolean;
  /** Takes the surrounding text colour, for use on a solid fill. */
  inherit?: boolean;
  className?: string;
}

export function StatusIcon({ status, named = false, inherit = false, className }: StatusIconProps) {
  const look = looks[status];
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
      {shapes[status]}
    </svg>
  );
}

interface StatusBadgeProps {
  status: ShownStatus;
  /** More exact words where there is room, for example "Acknowledged by Maya". */
  label?: string;
}

export function StatusBadge({ status, label }: StatusBadgeProps) {
  const look = looks[status];
  return (
    <Badge hue={look.hue} form={look.form} icon={<StatusIcon status={status} inherit />}>
      {label ?? look.label}
    </Badge>
  );
}
