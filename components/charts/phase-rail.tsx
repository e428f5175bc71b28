import type { ReactNode } from "react";
import { percent } from "#components/charts/plot";
import { visibleWidths } from "#lib/charts/spans";

export interface Phase {
  /** What this stretch was: "Detected", "Acknowledged". */
  label: string;
  /** Milliseconds; undefined while the stretch has not been reached. */
  length: number | undefined;
  /** The length in words: "2 m 15 s". */
  lengthLabel: ReactNode;
  /** When it began, in words or as a time element. */
  startLabel?: ReactNode;
  /** Still going on. */
  running?: boolean;
}

function shade(phase: Phase): string {
  if (phase.length === undefined) return "bg-border";
  return phase.running === true ? "bg-accent" : "bg-text-3";
}

/** From start to resolution, to scale as far as short stretches allow; grey is not reached yet. */
export function PhaseRail({ label, phases }: { label: string; phases: readonly Phase[] }) {
  const widths = visibleWidths(
    phases.map((phase) => phase.length ?? 0),
    Math.min(0.16, 0.9 / Math.max(1, phases.length)),
  );
  return (
    <dl
      aria-label={label}
      className="flex w-full gap-0.5 max-sm:grid max-sm:grid-cols-2 max-sm:gap-x-4 max-sm:gap-y-1.5"
    >
      {phases.map((phase, index) => (
        <div key={phase.label} style={{ flexBasis: percent(widths[index] ?? 0) }} className="min-w-0">
          <div data-mark aria-hidden className={`h-1.5 rounded-full max-sm:hidden ${shade(phase)}`} />
          <dt className="mt-1 truncate text-meta text-text-3 max-sm:mt-0">{phase.label}</dt>
          <dd className="tabular truncate text-table">
            {phase.lengthLabel}
            {phase.startLabel === undefined ? null : <span className="text-text-3"> {phase.startLabel}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
