import { ChartFrame } from "#components/charts/chart-frame";
import { IntervalPlot } from "#components/charts/interval-plot";
import { CountedLink } from "#components/reports/counted-link";
import { ReportPanel } from "#components/reports/report-panel";
import { Callout } from "#components/ui/callout";
import { TextLink } from "#components/ui/link";
import { linearScale, roundTicks } from "#lib/charts/scale";
import { CLASS_NAMES } from "#lib/reports/on-call-health-report";
import type { HealthReport, PersonLoad } from "#lib/reports/on-call-health-report";
import { median } from "#lib/statistics/quantile";

const MOST_DRAWN = 20;
/** So many nights in a row with a page ask for somebody else to take over. */
const TOO_MANY_IN_A_ROW = 3;

/** How sleep interruptions are spread over people: load, never speed, and only of whom the viewer may see. */
export function PeopleLoad({ report, csvHref }: { report: HealthReport; csvHref: string }) {
  const { people, hidden } = report;
  if (people.length === 0) {
    return (
      <p className="text-body text-text-2">
        {hidden.toLocaleString("en")} people were interrupted. Only they and their managers see who.
      </p>
    );
  }
  return (
    <>
      <Rest people={people} />
      <ReportPanel>
        <FairnessFigure report={report} csvHref={csvHref} />
      </ReportPanel>
    </>
  );
}

function Rest({ people }: { people: readonly PersonLoad[] }) {
  const tired = people.filter(({ streak }) => streak >= TOO_MANY_IN_A_ROW);
  if (tired.length === 0) return null;
  return (
    <Callout tone="warning" title="Nights in a row with interruptions">
      <ul className="flex flex-col gap-1">
        {tired.map(({ key, name, streak }) => (
          <li key={key}>
            <bdi>{name}</bdi>: {streak} nights in a row. <TextLink href="/on-call">Offer cover</TextLink>
          </li>
        ))}
      </ul>
    </Callout>
  );
}

function FairnessFigure({ report, csvHref }: { report: HealthReport; csvHref: string }) {
  const { people, hidden } = report;
  const drawn = people.slice(0, MOST_DRAWN);
  const ticks = roundTicks(Math.max(1, ...drawn.map(({ perWeek }) => perWeek.high)));
  const scale = linearScale(0, ticks.at(-1) ?? 1);
  const middle = median(people.map(({ perWeek }) => perWeek.value)) ?? undefined;
  return (
    <ChartFrame
      title={titleOf(people)}
      subtitle={`Sleep interruptions a week with their 95 % interval; dashed: median of all; n = ${people.length.toLocaleString("en")}`}
      note={`Load, not performance.${drawn.length < people.length ? ` Drawn are the ${drawn.length} with the most interrupted nights; the table has all ${people.length.toLocaleString("en")}.` : ""}${hidden > 0 ? ` ${hidden.toLocaleString("en")} more people are shown to their managers only.` : ""}`}
      actions={
        <TextLink href={csvHref} prefetch={false} data-screen>
          CSV
        </TextLink>
      }
      table={{
        columns: [
          { label: "Person" },
          { label: "All", numeric: true },
          ...(["business", "off", "sleep"] as const).map((kind) => ({
            label: CLASS_NAMES[kind],
            numeric: true,
          })),
          { label: "Nights", numeric: true },
          { label: "In a row", numeric: true },
        ],
        rows: people.map((person) => [
          person.name,
          <CountedLink key="all" counted={person.total} noun={`interruptions of ${person.name}`} />,
          ...person.classes.map((part) => (
            <CountedLink
              key={part.class}
              counted={part}
              noun={`interruptions of ${person.name} in ${CLASS_NAMES[part.class].toLowerCase()}`}
            />
          )),
          person.nights.toLocaleString("en"),
          person.streak.toLocaleString("en"),
        ]),
      }}
    >
      <IntervalPlot
        rows={drawn.map((person) => ({
          label: person.name.length > 20 ? `${person.name.slice(0, 19)}…` : person.name,
          ...person.perWeek,
          title: `${person.name}: ${person.perWeek.value.toFixed(1)} sleep interruptions a week (${person.perWeek.low.toFixed(1)} to ${person.perWeek.high.toFixed(1)})`,
          href: person.classes.find((part) => part.class === "sleep")?.href,
          signal: true,
        }))}
        scale={scale}
        xTicks={ticks.map((tick) => ({ at: scale(tick), label: String(tick) }))}
        reference={middle}
      />
    </ChartFrame>
  );
}

function titleOf(people: readonly PersonLoad[]): string {
  const nights = people.reduce((sum, person) => sum + person.nights, 0);
  const [first] = people;
  if (first === undefined || nights === 0) return "Nobody was woken";
  return `The most woken person had ${Math.round((100 * first.nights) / nights)} % of all interrupted nights`;
}
