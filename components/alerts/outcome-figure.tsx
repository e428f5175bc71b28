import { ChartFrame } from "#components/charts/chart-frame";
import { Legend } from "#components/charts/legend";
import { StackedBars } from "#components/charts/stacked-bars";
import { OUTCOME_FILLS } from "#components/alerts/outcome-badge";
import { CountedLink } from "#components/reports/counted-link";
import { TextLink } from "#components/ui/link";
import type { AlertOutcome } from "#lib/alerts/filter";
import { OUTCOME_NAMES } from "#lib/alerts/filter-words";
import type { Counted } from "#lib/reports/report-frame";

export type OutcomeBar = {
  label: string;
  incomplete: boolean;
  parts: readonly (Counted & { outcome: AlertOutcome })[];
};

interface OutcomeFigureProps {
  title: string;
  /** What a bar is: "Week of", "Hour". */
  unit: string;
  bars: readonly OutcomeBar[];
  timeZone: string;
  note?: string;
  csvHref?: string;
}

/** Alerts over time by what became of them; every part opens the alerts it counts. */
export function OutcomeFigure({ title, unit, bars, timeZone, note, csvHref }: OutcomeFigureProps) {
  const totals = new Map<AlertOutcome, number>();
  for (const { parts } of bars) {
    for (const { outcome, count } of parts) totals.set(outcome, (totals.get(outcome) ?? 0) + count);
  }
  const shown = [...totals].filter(([, count]) => count > 0).map(([outcome]) => outcome);
  const all = [...totals.values()].reduce((sum, count) => sum + count, 0);
  return (
    <ChartFrame
      title={title}
      subtitle={`Alerts by what became of them, by when they opened; n = ${all.toLocaleString("en")} (${timeZone})`}
      note={note}
      actions={
        csvHref === undefined ? undefined : (
          <TextLink href={csvHref} prefetch={false} data-screen>
            CSV
          </TextLink>
        )
      }
      table={{
        columns: [
          { label: unit },
          ...shown.map((outcome) => ({ label: OUTCOME_NAMES[outcome], numeric: true })),
        ],
        rows: bars.map(({ label, incomplete, parts }) => [
          `${label}${incomplete ? " (not complete)" : ""}`,
          ...shown.map((outcome) => (
            <CountedLink
              key={outcome}
              counted={parts.find((part) => part.outcome === outcome) ?? { count: 0, href: "" }}
              noun={`alerts of ${label}: ${OUTCOME_NAMES[outcome].toLowerCase()}`}
            />
          )),
        ]),
      }}
    >
      <StackedBars
        height={160}
        fills={shown.map((outcome) => OUTCOME_FILLS[outcome])}
        stacks={bars.map(({ label, incomplete, parts }) => ({
          label,
          incomplete,
          parts: shown.flatMap((outcome) => {
            const part = parts.find((one) => one.outcome === outcome);
            return part === undefined
              ? []
              : [
                  {
                    label: outcome,
                    value: part.count,
                    href: part.href,
                    title: `${label}: ${part.count.toLocaleString("en")} ${OUTCOME_NAMES[outcome].toLowerCase()}`,
                  },
                ];
          }),
        }))}
      />
      <Legend
        items={shown.map((outcome) => ({
          label: OUTCOME_NAMES[outcome],
          fill: OUTCOME_FILLS[outcome],
          value: (totals.get(outcome) ?? 0).toLocaleString("en"),
        }))}
      />
    </ChartFrame>
  );
}
