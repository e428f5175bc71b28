import { BarList } from "#components/charts/bar-list";
import { ChartFrame } from "#components/charts/chart-frame";
import { DurationText } from "#components/reports/duration-text";
import type { Phase } from "#lib/reports/response-report";
import { formatDuration } from "#lib/time/format";

// Fewer say nothing of where time usually goes.
const FEWEST = 5;

/** Where the time goes: the median of each part of an incident's life. */
export function PhaseFigure({ phases }: { phases: readonly Phase[] }) {
  const known = phases.filter(({ n }) => n >= FEWEST);
  const longest = known.toSorted((a, b) => (b.median ?? 0) - (a.median ?? 0))[0];
  return (
    <ChartFrame
      title={
        longest?.median && known.length > 1
          ? `Most time goes into: ${longest.name.toLowerCase()}`
          : "Too little is known to tell where time goes"
      }
      subtitle="Median of each phase over the incidents that have both of its ends"
      note="Each phase is measured on its own incidents and medians don't add up, so the bars are not stacked. An incident counts as begun when it was detected, unless somebody said otherwise."
      table={{
        columns: [{ label: "Phase" }, { label: "n", numeric: true }, { label: "Median", numeric: true }],
        rows: phases.map((phase) => [
          phase.name,
          phase.n.toLocaleString("en"),
          <DurationText key="median" ms={phase.median} />,
        ]),
      }}
    >
      <BarList
        label="Median duration of each phase"
        items={phases.map((phase) => ({
          label: phase.name,
          value: phase.median ?? 0,
          valueLabel:
            phase.median === null
              ? "nothing measured"
              : `${formatDuration(phase.median)} (n = ${phase.n.toLocaleString("en")})`,
        }))}
      />
    </ChartFrame>
  );
}
