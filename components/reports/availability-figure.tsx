import { BulletDots } from "#components/charts/bullet-dots";
import { ChartFrame } from "#components/charts/chart-frame";
import { CountedLink } from "#components/reports/counted-link";
import { DurationText } from "#components/reports/duration-text";
import { TextLink } from "#components/ui/link";
import { availabilityFinding, budgetWords } from "#lib/reports/availability-words";
import type { PackReport } from "#lib/reports/pack-report";
import { formatPercent } from "#lib/reports/percent";
import type { PeriodAvailability } from "#lib/service-levels/report";
import { formatDuration } from "#lib/time/format";

const MOST_DRAWN = 12;

/** How available each service that customers meet was, against what was promised. */
export function AvailabilityFigure({ report, csvHref }: { report: PackReport; csvHref: string }) {
  const { availability, previous } = report;
  const worst = availability.toSorted((a, b) => leftOf(a) - leftOf(b)).slice(0, MOST_DRAWN);
  if (availability.length === 0) {
    return (
      <p className="text-body text-text-2">
        Availability is not known: no service says that customers meet it. Its settings do.
      </p>
    );
  }
  return (
    <ChartFrame
      title={availabilityFinding(availability)}
      subtitle="Per cent of the period without an outage, by service that customers meet; dot: reached, hollow: missed, bar: target; the axis is cut"
      note={`${worst.length < availability.length ? `Drawn: the ${worst.length} closest to their targets or beyond. ` : ""}Capabilities made of several services are not modelled.`}
      actions={
        <TextLink href={csvHref} prefetch={false} data-screen>
          CSV
        </TextLink>
      }
      table={{
        columns: [
          { label: "Service" },
          { label: "Reached", numeric: true },
          { label: "Target", numeric: true },
          { label: "Budget" },
          { label: "Outages", numeric: true },
          { label: "Out for", numeric: true },
          { label: previous.label, numeric: true },
        ],
        rows: availability.map((row) => [
          <TextLink key="name" href={`/services/${row.slug}`}>
            {row.name}
          </TextLink>,
          `${formatPercent(row.upPercent / 100)}${isMissed(row) ? ", missed" : ""}`,
          row.target === null ? "–" : `${row.target} %`,
          budgetWords(row),
          <CountedLink key="n" counted={row.outages} noun={`outages of ${row.name}`} />,
          <DurationText key="down" ms={row.downMs} />,
          formatPercent(row.before / 100),
        ]),
      }}
    >
      <BulletDots
        rows={worst.map((row) => ({
          label: row.name.length > 20 ? `${row.name.slice(0, 19)}…` : row.name,
          value: row.upPercent,
          target: row.target,
          title: `${row.name}: ${formatPercent(row.upPercent / 100)}, out for ${formatDuration(row.downMs)}`,
          href: row.outages.count === 0 ? undefined : row.outages.href,
        }))}
      />
    </ChartFrame>
  );
}

/** What is left of the budget; nothing was promised: last. */
function leftOf({ budgetLeftMs }: PeriodAvailability): number {
  return budgetLeftMs ?? Number.POSITIVE_INFINITY;
}

function isMissed({ upPercent, target }: PeriodAvailability): boolean {
  return target !== null && upPercent < target;
}
