import { ChartFrame } from "#components/charts/chart-frame";
import { Swimlane } from "#components/charts/swimlane";
import { CountedLink } from "#components/reports/counted-link";
import { DurationText } from "#components/reports/duration-text";
import { Time } from "#components/time/time";
import { TextLink } from "#components/ui/link";
import type { PackReport } from "#lib/reports/pack-report";
import { formatDuration } from "#lib/time/format";

const MOST_LANES = 12;
const DAY = 86_400_000;

/** Every major incident of the period, by service, as long as it lasted. */
export function MajorsFigure({ report, csvHref }: { report: PackReport; csvHref: string }) {
  const { majors, period, now, generatedAt } = report;
  if (majors.length === 0) return <p className="text-body text-text-2">No major incident: {period.label}.</p>;
  const until = Date.parse(generatedAt);
  const lengthOf = ({ from, to }: { from: number; to: number | null }) => (to ?? until) - from;
  const longest = majors.toSorted((a, b) => lengthOf(b) - lengthOf(a))[0];
  const lanes = [...Map.groupBy(majors, ({ service }) => service)]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .slice(0, MOST_LANES);
  const ticks = Array.from(
    { length: 4 },
    (_, index) => period.start + (index * (period.end - period.start)) / 4,
  );
  return (
    <ChartFrame
      title={
        longest === undefined
          ? "Major incidents"
          : `The longest major incident lasted ${formatDuration(lengthOf(longest))}: ${longest.service}`
      }
      subtitle={`Major incidents by service, from trigger to resolve; hatched: still open; n = ${now.major.count.toLocaleString("en")}`}
      note={
        majors.length < now.major.count ? (
          <>
            The worst {majors.length} of <CountedLink counted={now.major} noun="major incidents" /> are drawn.
          </>
        ) : undefined
      }
      actions={
        <TextLink href={csvHref} prefetch={false} data-screen>
          CSV
        </TextLink>
      }
      table={{
        columns: [
          { label: "Incident" },
          { label: "Service" },
          { label: "Priority" },
          { label: "Began" },
          { label: "Lasted", numeric: true },
          { label: "Customers", numeric: true },
        ],
        rows: majors.map((major) => [
          <TextLink key="number" href={`/incidents/${major.number}`}>
            #{major.number} <bdi>{major.title}</bdi>
          </TextLink>,
          major.service,
          major.priority,
          <Time key="from" at={new Date(major.from).toISOString()} format="date-time" />,
          major.to === null ? "still open" : <DurationText key="length" ms={major.to - major.from} />,
          major.customersAffected?.toLocaleString("en") ?? "–",
        ]),
      }}
    >
      <Swimlane
        window={period}
        lanes={lanes.map(([service, bars]) => ({
          label: service.length > 20 ? `${service.slice(0, 19)}…` : service,
          bars: bars.map((major) => ({
            id: String(major.number),
            start: major.from,
            end: major.to ?? until,
            title: `#${major.number} ${major.title}, ${major.priority}: ${formatDuration(lengthOf(major))}`,
            href: `/incidents/${major.number}`,
            fill: major.priority === "P1" ? "var(--severity-1)" : "var(--severity-3)",
            running: major.to === null,
          })),
        }))}
        xTicks={ticks.map((at, index) => ({
          at: (at - period.start) / (period.end - period.start),
          label: dayOf(at, report.timeZone),
          minor: index % 2 === 1,
        }))}
      />
    </ChartFrame>
  );
}

function dayOf(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone }).format(
    new Date(at + DAY / 24),
  );
}
