import { ChartFrame } from "#components/charts/chart-frame";
import { StackedBars } from "#components/charts/stacked-bars";
import { CountedLink } from "#components/reports/counted-link";
import { TextLink } from "#components/ui/link";
import type { PackReport } from "#lib/reports/pack-report";
import { periodLabel } from "#lib/reports/period-label";

const FILLS = ["var(--chart-1)"];

/** Minutes that customers noticed, over the last thirteen weeks or months. */
export function ImpactFigure({ report, csvHref }: { report: PackReport; csvHref: string }) {
  const { course, period } = report;
  const unit = report.unit === "week" ? "week" : "month";
  const all = course.reduce((sum, { impactMinutes }) => sum + impactMinutes, 0);
  if (all === 0)
    return (
      <p className="text-body text-text-2">
        Customers noticed no incident in the thirteen {unit}s up to {period.label}.
      </p>
    );
  const minutes = (value: number) => Math.round(value).toLocaleString("en");
  const worst = course.toSorted((a, b) => b.impactMinutes - a.impactMinutes)[0];
  const n = course.reduce((sum, { noticed }) => sum + noticed.count, 0);
  return (
    <ChartFrame
      title={`Customers noticed most in ${worst === undefined ? "" : periodLabel(unit, worst.day)}: ${minutes(worst?.impactMinutes ?? 0)} minutes`}
      subtitle={`Minutes that customers noticed, by ${unit}; n = ${n.toLocaleString("en")} incidents; pale: not complete`}
      actions={
        <TextLink href={csvHref} prefetch={false} data-screen>
          CSV
        </TextLink>
      }
      table={{
        columns: [
          { label: unit === "week" ? "Week of" : "Month" },
          { label: "Minutes", numeric: true },
          { label: "Incidents", numeric: true },
        ],
        rows: course.map((point) => [
          `${periodLabel(unit, point.day)}${point.incomplete ? " (not complete)" : ""}`,
          minutes(point.impactMinutes),
          <CountedLink
            key="n"
            counted={point.noticed}
            noun={`incidents that customers noticed, ${periodLabel(unit, point.day)}`}
          />,
        ]),
      }}
    >
      <StackedBars
        height={140}
        fills={FILLS}
        stacks={course.map(({ day, incomplete, impactMinutes, noticed }) => ({
          label: periodLabel(unit, day),
          incomplete,
          parts: [
            {
              label: "minutes",
              value: impactMinutes,
              title: `${periodLabel(unit, day)}: ${minutes(impactMinutes)} minutes`,
              href: noticed.count === 0 ? undefined : noticed.href,
            },
          ],
        }))}
      />
    </ChartFrame>
  );
}
