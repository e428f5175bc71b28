import { budgetWords } from "#lib/reports/availability-words";
import { causeName } from "#lib/reports/cause-name";
import { CLOCK_WORDS } from "#lib/reports/clock-words";
import type { ReportDocument, ReportFigure } from "#lib/reports/document";
import { barsOf, countText, durationText, instantText } from "#lib/reports/document-words";
import { CLASS_NAMES } from "#lib/reports/on-call-health-report";
import { packSentences } from "#lib/reports/pack-words";
import { isPagingKnown } from "#lib/reports/pack-report";
import type { PackFigures, PackReport } from "#lib/reports/pack-report";
import { formatPercent } from "#lib/reports/percent";
import { periodLabel } from "#lib/reports/period-label";

const MOST_MAJORS = 20;

/** The executive summary as it is sent and shared. */
export function executiveDocument(report: PackReport): ReportDocument {
  return documentOf("Executive summary", report, [
    availabilityFigure(report),
    impactFigure(report),
    causesFigure(report),
    majorsFigure(report),
  ]);
}

/** A weekly, monthly or quarterly review as it is sent and shared. */
export function reviewDocument(report: PackReport): ReportDocument {
  const name = { week: "Weekly", month: "Monthly", quarter: "Quarterly" }[report.unit];
  return documentOf(`${name} review`, report, [
    numbersFigure(report),
    sleepFigure(report),
    majorsFigure(report),
    ...(report.unit === "week" ? [] : [causesFigure(report)]),
    teamsFigure(report),
  ]);
}

function documentOf(title: string, report: PackReport, figures: ReportFigure[]): ReportDocument {
  const { period, timeZone, incomplete, generatedAt, comment } = report;
  const soFar = incomplete ? " so far" : "";
  return {
    title,
    subtitle: `${period.label}${soFar} (${timeZone}), as of ${instantText(Date.parse(generatedAt), timeZone)}`,
    ...("words" in comment && comment.words !== null
      ? {
          comment: {
            words: comment.words,
            by: comment.by,
            at: instantText(Date.parse(comment.at), timeZone),
          },
        }
      : {}),
    findings: packSentences(report),
    numbers: [],
    figures,
    notes: [
      "A word about a difference comes from a test that calls a change where there is none once in fifty times; numbers without a word are not tested. Incidents count by when they were created, without merged ones and those that a machine resolved; interruptions by when they happened.",
    ],
  };
}

function availabilityFigure({ availability, period, previous }: PackReport): ReportFigure {
  const lengthMs = period.end - period.start;
  return {
    title: "Availability of what customers meet",
    caption:
      availability.length === 0
        ? "Not known: no service says that customers meet it"
        : "Minutes out; the mark is what the target allows in the whole period. Capabilities made of several services are not modelled",
    chart: barsOf(
      availability.map(({ name, downMs, target }) => ({
        label: name,
        value: downMs,
        text: durationText(downMs),
        mark: target === null ? null : lengthMs * (1 - target / 100),
      })),
    ),
    head: ["Service", "Reached", "Target", "Budget", "Outages", previous.label],
    rows: availability.map((row) => [
      row.name,
      formatPercent(row.upPercent / 100),
      row.target === null ? "–" : `${row.target} %`,
      budgetWords(row),
      countText(row.outages.count),
      formatPercent(row.before / 100),
    ]),
  };
}

function impactFigure({ course, unit }: PackReport): ReportFigure {
  return courseFigure(
    { course, unit },
    "Minutes that customers noticed",
    "Minutes",
    ({ impactMinutes }) => impactMinutes,
  );
}

function sleepFigure({ now, load, course, unit, verdicts }: PackReport): ReportFigure {
  const word = isPagingKnown(now, load) ? verdicts.sleep.word : "not known";
  const title = `Interruptions in hours of sleep: ${word}`;
  return courseFigure({ course, unit }, title, "In hours of sleep", ({ sleep }) => sleep);
}

function courseFigure(
  { course, unit }: Pick<PackReport, "course" | "unit">,
  title: string,
  noun: string,
  valueOf: (point: PackReport["course"][number]) => number,
): ReportFigure {
  const step = unit === "week" ? "week" : "month";
  return {
    title,
    caption: `Of each of the last thirteen ${step}s; what has not ended, or had no history yet, is hollow`,
    chart: {
      kind: "line",
      points: course.map((point) => ({
        label: periodLabel(step, point.day),
        value: valueOf(point),
        text: countText(Math.round(valueOf(point))),
        incomplete: point.incomplete,
      })),
      centre: null,
      low: null,
      high: null,
    },
    head: [step === "week" ? "Week of" : "Month", noun],
    rows: course.map((point) => [periodLabel(step, point.day), countText(Math.round(valueOf(point)))]),
  };
}

function causesFigure({ causes }: PackReport): ReportFigure {
  const named = causes.map(({ key, ...cause }) => ({
    ...cause,
    name: key === "none" ? "Not found out" : causeName(key),
  }));
  return {
    title: "What cost customers the most minutes",
    caption: "Minutes that customers noticed, by cause",
    chart: barsOf(
      named.map(({ name, minutes }) => ({
        label: name,
        value: minutes,
        text: `${countText(Math.round(minutes))} min`,
      })),
    ),
    head: ["Cause", "Minutes", "Incidents"],
    rows: named.map(({ name, minutes, incidents }) => [
      name,
      countText(Math.round(minutes)),
      countText(incidents.count),
    ]),
  };
}

function majorsFigure({ majors, now, timeZone, generatedAt }: PackReport): ReportFigure {
  const until = Date.parse(generatedAt);
  return {
    title: `Major incidents: ${countText(now.major.count)}`,
    caption: now.major.count > MOST_MAJORS ? `The worst ${MOST_MAJORS}` : "From trigger to resolve",
    chart: null,
    head: ["Incident", "Service", "Priority", "Began", "Lasted"],
    rows: majors
      .slice(0, MOST_MAJORS)
      .map(({ number, title, service, priority, from, to }) => [
        `#${number} ${title}`,
        service,
        priority,
        instantText(from, timeZone).replace(/ \(.*/, ""),
        to === null ? `${durationText(until - from)}, still open` : durationText(to - from),
      ]),
  };
}

function numbersFigure({
  period,
  previous,
  now,
  before,
  load,
  loadBefore,
  verdicts,
}: PackReport): ReportFigure {
  const [isKnown, wasKnown] = [isPagingKnown(now, load), isPagingKnown(before, loadBefore)];
  const row = (name: string, value: (figures: PackFigures) => string, verdict = "–") => [
    name,
    value(now),
    value(before),
    verdict,
  ];
  return {
    title: "In numbers",
    caption: `${period.label} beside ${previous.label}`,
    chart: null,
    head: ["What", period.label, previous.label, "Verdict"],
    rows: [
      row("Incidents", ({ incidents }) => countText(incidents.count), verdicts.incidents.word),
      row("High urgency", ({ high }) => countText(high.count)),
      row("Major", ({ major }) => countText(major.count), verdicts.major.word),
      [
        "Escalated",
        isKnown ? countText(now.escalated.count) : "–",
        wasKnown ? countText(before.escalated.count) : "–",
        "–",
      ],
      row("Noticed by customers", ({ noticed }) => countText(noticed.count)),
      ...now.clocks.map(({ clock }, index) =>
        row(
          `${CLOCK_WORDS[clock].name}, median (n)`,
          ({ clocks }) => `${durationText(clocks[index]?.median ?? null)} (${clocks[index]?.n ?? 0})`,
          verdicts.clocks[clock].word,
        ),
      ),
      ...load.classes.map((part, index) => [
        `Interruptions, ${CLASS_NAMES[part.class].toLowerCase()}`,
        isKnown ? countText(part.count) : "–",
        wasKnown ? countText(loadBefore.classes[index]?.count ?? 0) : "–",
        part.class === "sleep" && isKnown ? verdicts.sleep.word : "–",
      ]),
    ],
  };
}

function teamsFigure({ teams }: PackReport): ReportFigure {
  return {
    title: "By team",
    caption: "Incidents of the services that a team owns now",
    chart: barsOf(
      teams.map(({ name, incidents }) => ({
        label: name,
        value: incidents.count,
        text: countText(incidents.count),
      })),
    ),
    head: ["Team", "Incidents", "High urgency", "Major"],
    rows: teams.map(({ name, incidents, high, major }) => [
      name,
      countText(incidents.count),
      countText(high.count),
      countText(major.count),
    ]),
  };
}
