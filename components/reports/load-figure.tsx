import { ChartFrame } from "#components/charts/chart-frame";
import { Legend } from "#components/charts/legend";
import { StackedBars } from "#components/charts/stacked-bars";
import { CountedLink } from "#components/reports/counted-link";
import { TextLink } from "#components/ui/link";
import type { InterruptionClass } from "#lib/notifications/interruption";
import { CLASS_NAMES } from "#lib/reports/on-call-health-report";
import type { HealthReport } from "#lib/reports/on-call-health-report";
import { periodLabel } from "#lib/reports/period-label";

const FILLS: Record<InterruptionClass, string> = {
  business: "var(--chart-other)",
  off: "var(--chart-2)",
  sleep: "var(--chart-1)",
};

/** Interruptions over time, by the hours they fell into. */
export function LoadFigure({ report, csvHref }: { report: HealthReport; csvHref: string }) {
  const { unit, periods, all } = report;
  const perPerson = all.total.count / Math.max(1, all.people) / Math.max(report.weeks, 1 / 7);
  return (
    <ChartFrame
      title={`${perPerson.toFixed(1)} interruptions for each interrupted person and week`}
      subtitle={`Interruptions by ${unit} (${report.timeZone}) and by the hours of the person, n = ${all.total.count.toLocaleString("en")}`}
      actions={
        <TextLink href={csvHref} prefetch={false} data-screen>
          CSV
        </TextLink>
      }
      table={{
        columns: [
          { label: unit === "week" ? "Week of" : "Month" },
          ...all.classes.map((part) => ({ label: CLASS_NAMES[part.class], numeric: true })),
        ],
        rows: periods.map((period) => [
          `${periodLabel(unit, period.day)}${period.incomplete ? " (not complete)" : ""}`,
          ...period.classes.map((part) => (
            <CountedLink
              key={part.class}
              counted={part}
              noun={`interruptions in ${CLASS_NAMES[part.class].toLowerCase()}, ${periodLabel(unit, period.day)}`}
            />
          )),
        ]),
      }}
    >
      <StackedBars
        fills={all.classes.map((part) => FILLS[part.class])}
        stacks={periods.map((period) => ({
          label: periodLabel(unit, period.day),
          incomplete: period.incomplete,
          parts: period.classes.map((part) => ({
            label: part.class,
            value: part.count,
            href: part.href,
            title: `${periodLabel(unit, period.day)}: ${part.count} in ${CLASS_NAMES[part.class].toLowerCase()}`,
          })),
        }))}
      />
      <Legend
        items={all.classes.map((part) => ({ label: CLASS_NAMES[part.class], fill: FILLS[part.class] }))}
      />
    </ChartFrame>
  );
}
