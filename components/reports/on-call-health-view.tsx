import { ChartFrame } from "#components/charts/chart-frame";
import { HourHeatmap } from "#components/charts/hour-heatmap";
import { CountTrendFigure } from "#components/reports/count-trend-figure";
import { CountedLink } from "#components/reports/counted-link";
import { LoadFigure } from "#components/reports/load-figure";
import { PeopleLoad } from "#components/reports/people-load";
import { ReportPanel, ShownFrom } from "#components/reports/report-panel";
import { TeamLoadTable } from "#components/reports/team-load-table";
import { VerdictBadge } from "#components/reports/verdict-badge";
import { Time } from "#components/time/time";
import { Disclosure } from "#components/ui/disclosure";
import { EmptyState } from "#components/ui/empty-state";
import { Fact, Facts, KeyFigure } from "#components/ui/facts";
import { ButtonLink } from "#components/ui/link";
import type { InterruptionClass } from "#lib/notifications/interruption";
import { CLASS_NAMES } from "#lib/reports/on-call-health-report";
import type { HealthReport, Load } from "#lib/reports/on-call-health-report";
import { reportHref } from "#lib/reports/report-filter";
import type { ReportFilter } from "#lib/reports/report-filter";

const PATH = "/reports/on-call-health";

/** The whole report below its filters. */
export function OnCallHealthView({ report, filter }: { report: HealthReport; filter: ReportFilter }) {
  if (report.all.total.count === 0) return <NothingRang filter={filter} />;
  const csv = (figure: string) => reportHref(`${PATH}/csv`, filter, { figure });
  return (
    <div className="flex flex-col gap-5">
      <ShownFrom frame={report} filter={filter} />
      <Headline report={report} />
      <div className="grid grid-cols-1 gap-5 xl:grid-cols-2">
        <ReportPanel>
          <LoadFigure report={report} csvHref={csv("periods")} />
        </ReportPanel>
        <ReportPanel>
          <CountTrendFigure
            noun="Sleep interruptions"
            unit={report.unit}
            periods={report.periods.map((period) => ({ ...period, counted: partOf(period, "sleep") }))}
            limits={report.limits}
            signals={report.signals}
            verdict={report.verdict}
            timeZone={report.timeZone}
          />
        </ReportPanel>
      </div>
      <ReportPanel>
        <HourFigure report={report} />
      </ReportPanel>
      <TeamLoadTable teams={report.teams} csvHref={csv("teams")} />
      <PeopleLoad report={report} csvHref={csv("people")} />
      <Definitions />
      <p className="border-t pt-3 text-meta text-text-3">
        Generated <Time at={report.generatedAt} format="date-time" /> ({report.timeZone}), data complete to
        that moment.
      </p>
    </div>
  );
}

function NothingRang({ filter }: { filter: ReportFilter }) {
  return (
    <EmptyState
      kind="filtered"
      title="Nobody was interrupted"
      actions={
        filter.range === "52w" ? undefined : (
          <ButtonLink href={reportHref(PATH, { ...filter, range: "52w", from: null, to: null })}>
            {filter.range === null ? "The last 52 weeks" : "Widen to 52 weeks"}
          </ButtonLink>
        )
      }
    >
      No push, text or call about a matching incident went out from here in this time. Whom imported incidents
      woke is not known.
    </EmptyState>
  );
}

function Headline({ report }: { report: HealthReport }) {
  const { all, verdict } = report;
  const sleep = partOf(all, "sleep");
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <p className="text-reading">
          <CountedLink counted={sleep} noun="sleep interruptions" /> of{" "}
          <CountedLink counted={all.total} noun="interruptions" /> interruptions came in hours of sleep.
        </p>
        <VerdictBadge word={verdict.word} />
      </div>
      <div className="grid grid-cols-2 gap-x-6 gap-y-5 rounded-card border bg-surface p-4 lg:grid-cols-5">
        {all.classes.map((part) => (
          <KeyFigure
            key={part.class}
            label={CLASS_NAMES[part.class]}
            value={
              <CountedLink
                counted={part}
                noun={`interruptions in ${CLASS_NAMES[part.class].toLowerCase()}`}
              />
            }
            note={`${Math.round((100 * part.count) / all.total.count)} % of all`}
          />
        ))}
        <KeyFigure
          label="People interrupted"
          value={all.people.toLocaleString("en")}
          note={`in ${report.weeks.toFixed(1)} weeks`}
        />
        <KeyFigure
          label="Hours with an interruption"
          value={all.hours.toLocaleString("en")}
          note={`${(all.hours / Math.max(1, all.people)).toFixed(1)} for each of them`}
        />
      </div>
    </div>
  );
}

function HourFigure({ report }: { report: HealthReport }) {
  const { heat, all } = report;
  const hours = heat.flatMap((day, index) => day.map((cell, hour) => ({ ...cell, index, hour })));
  const worst = hours.toSorted((a, b) => b.count - a.count)[0];
  const day = ["Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"][
    worst?.index ?? 0
  ];
  const label = "Interruptions by weekday and hour, by the clock of the person";
  return (
    <ChartFrame
      title={`Most interruptions come on ${day} at ${String(worst?.hour ?? 0).padStart(2, "0")}:00`}
      subtitle={`By weekday and hour of the person's own clock; ruled: hours of sleep; n = ${all.total.count.toLocaleString("en")}`}
      table={{
        columns: [
          { label: "Hours" },
          { label: "Interruptions", numeric: true },
          { label: "Share", numeric: true },
        ],
        rows: all.classes.map((part) => [
          CLASS_NAMES[part.class],
          <CountedLink
            key="n"
            counted={part}
            noun={`interruptions in ${CLASS_NAMES[part.class].toLowerCase()}`}
          />,
          `${Math.round((100 * part.count) / all.total.count)} %`,
        ]),
      }}
    >
      <HourHeatmap label={label} cells={heat} noun="interruptions" />
    </ChartFrame>
  );
}

function partOf(load: Load, kind: InterruptionClass) {
  return load.classes.find((part) => part.class === kind) ?? { count: 0, href: load.total.href };
}

function Definitions() {
  return (
    <Disclosure summary="What is measured, and how">
      <Facts className="max-w-3xl py-2">
        <Fact term="Interruption">
          A push, text or call about an incident that went out to a person. Several within 60 seconds are one.
          Mail and chat never count.
        </Fact>
        <Fact term="Hours">
          By the person&rsquo;s own clock when it was sent: business 08 to 18 from Monday to Friday, sleep 22
          to 08 every night, off hours the rest.
        </Fact>
        <Fact term="Which incidents">
          All that match, also merged ones and those that a machine resolved: they rang as well. Times are
          those of the interruption. A team&rsquo;s are those of the services that it owns now.
        </Fact>
        <Fact term="Verdict">
          A process behaviour chart (XmR) of the root of the sleep interruptions in each complete period. Its
          limits are measured from period to period, since pages come in bursts.
        </Fact>
        <Fact term="Interval of a person">
          Exact, 95 %, as if interruptions came independently; bursts make it too narrow. It is load, and says
          nothing about how well or fast anybody works.
        </Fact>
      </Facts>
    </Disclosure>
  );
}
