import type { ReportDocument } from "#lib/reports/document";
import { barsOf, countText, countsOverTime, periodHead, rangeText } from "#lib/reports/document-words";
import { CLASS_NAMES } from "#lib/reports/on-call-health-report";
import type { HealthReport, Load } from "#lib/reports/on-call-health-report";

const MOST_TEAMS = 15;

/** The report on on-call health as it is sent and shared: without the names of people, since others read it. */
export function healthDocument(report: HealthReport): ReportDocument {
  const { all, unit, verdict } = report;
  const teams = report.teams.slice(0, MOST_TEAMS);
  const course = countsOverTime(
    unit,
    report.periods.map((period) => ({ ...period, count: sleepOf(period) })),
    report.limits,
  );
  return {
    title: "On-call health",
    subtitle: `${rangeText(report)}; ${countText(all.total.count)} interruptions of ${countText(all.people)} people`,
    numbers: all.classes.map((part) => ({
      label: CLASS_NAMES[part.class],
      value: countText(part.count),
      note:
        all.total.count === 0
          ? ""
          : `${Math.round((100 * part.count) / all.total.count)} % of all interruptions`,
    })),
    figures: [
      {
        title: `Interruptions in hours of sleep: ${verdict.word}`,
        caption: `Count of each ${unit}; what has not ended is hollow. ${verdict.because}`,
        chart: course.chart,
        head: [periodHead(unit), "In hours of sleep"],
        rows: course.rows,
      },
      {
        title: "In hours of sleep, by team",
        caption: "Interruptions about the services that a team owns now",
        chart: barsOf(
          teams.map((team) => ({ label: team.name, value: sleepOf(team), text: countText(sleepOf(team)) })),
        ),
        head: [
          "Team",
          "All",
          ...all.classes.map((part) => CLASS_NAMES[part.class]),
          "People",
          "Each, a week",
        ],
        rows: teams.map((team) => [
          team.name,
          countText(team.total.count),
          ...team.classes.map(({ count }) => countText(count)),
          countText(team.people),
          team.perPersonWeek.toFixed(1),
        ]),
      },
    ],
    notes: [
      "An interruption is a push, text or call about an incident; several within 60 seconds are one. Hours are by the person’s own clock: sleep 22 to 08, business 08 to 18 from Monday to Friday, off hours the rest. Whom they woke is for those people and their managers to see, in Touchline.",
    ],
  };
}

function sleepOf({ classes }: Load): number {
  return classes.find((part) => part.class === "sleep")?.count ?? 0;
}
