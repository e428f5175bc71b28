import { PAUSED_BY_NAMES } from "#lib/alerts/filter-words";
import type { ReportDocument, ReportFigure } from "#lib/reports/document";
import { barsOf, countText, countsOverTime, periodHead, rangeText } from "#lib/reports/document-words";
import { FUNNEL_STEPS, reduction, STEP_NAMES } from "#lib/reports/noise-report";
import type { NoiseReport, Offender } from "#lib/reports/noise-report";
import { funnelFinding, intervalText, offenderFinding, offenderName } from "#lib/reports/noise-words";
import { formatPercent } from "#lib/reports/percent";
import type { Proportion } from "#lib/statistics/wilson";

const MOST_OFFENDERS = 10;
const MOST_RULES = 15;

/** The noise report as it is sent and shared. */
export function noiseDocument(report: NoiseReport): ReportDocument {
  const { funnel, events, rules } = report;
  return {
    title: "Noise",
    subtitle: `${rangeText(report)}; ${countText(events)} events, ${countText(funnel.alerts.count)} alerts of ${countText(report.kindCount)} kinds`,
    findings: [`${funnelFinding(report)}.`, ...ignoredFinding(report)],
    numbers: numbersOf(report),
    figures: [
      funnelFigure(report),
      openedFigure(report),
      ...offenderFigures("service", report.services),
      ...offenderFigures("kind of alert", report.kinds),
      pausedFigure(report),
      regretFigure(report),
      {
        title: rules.length === 0 ? "No rules are in force" : "Rules by how often they matched",
        caption: `Events that each matched in this time, as the rules are now; the first ${Math.min(MOST_RULES, rules.length)} of ${rules.length}`,
        chart: null,
        head: ["Rule", "Set", "Does", "Matched", "Would have matched"],
        rows: rules
          .toSorted((a, b) => b.hits + b.shadowHits - a.hits - a.shadowHits)
          .slice(0, MOST_RULES)
          .map(({ label, set, does, hits, shadowHits }) => [
            label,
            set,
            does,
            countText(hits),
            countText(shadowHits),
          ]),
      },
    ],
    notes: [
      "Alerts count by when they were opened. Acted on: somebody who was paged said that the page was useful; where those who were asked only said that it was not, it does not count; where nobody said anything, somebody acknowledged the incident, wrote on it, handed it on or changed it. Incidents that are open and that nobody acted on yet are in no rate.",
      "Missed: an alert was hidden, and within the hour a person acted on an incident that an alert of its kind was on. That shows that the kind mattered then, not that the hidden alert alone would have helped. Intervals are Wilson’s at 95 %.",
      `Rules dropped ${countText(report.dropped)} more events, of all services, before they were alerts.`,
    ],
  };
}

function ignoredFinding({ ignored }: NoiseReport): string[] {
  if (ignored.length === 0) return [];
  const incidents = ignored.reduce((sum, { opened }) => sum + opened.count, 0);
  const kinds = ignored.length === 1 ? "One kind of alert" : `${ignored.length} kinds of alert`;
  return [`${kinds} opened ${countText(incidents)} incidents, none of which was acted on.`];
}

function numbersOf({ rate, brief, funnel, events, interruptions }: NoiseReport): ReportDocument["numbers"] {
  const less = reduction(events, funnel.opened.count);
  return [
    {
      label: "Action rate",
      value: shareText(rate.proportion),
      note: `${countText(rate.acted.count)} of ${countText(rate.judged.count)} incidents, ${intervalText(rate.proportion)}`,
    },
    {
      label: "Fewer incidents than events",
      value: less === null ? "–" : formatPercent(less),
      note: `${countText(events)} events, ${countText(funnel.opened.count)} incidents`,
    },
    {
      label: "Ended within 5 min by themselves",
      value: shareText(brief.proportion),
      note: `${countText(brief.ended.count)} alerts, ${intervalText(brief.proportion)}`,
    },
    {
      label: "Interruptions",
      value: countText(interruptions),
      note: `by ${countText(funnel.interrupting.count)} incidents`,
    },
  ];
}

function shareText(proportion: Proportion | null): string {
  return proportion === null ? "–" : formatPercent(proportion.share);
}

function funnelFigure(report: NoiseReport): ReportFigure {
  const { funnel, events } = report;
  const counts = [events, ...FUNNEL_STEPS.map((step) => funnel[step].count)];
  const steps = ["Events", ...FUNNEL_STEPS.map((step) => STEP_NAMES[step])].map((name, index) => {
    const count = counts[index] ?? 0;
    const before = counts[index - 1] ?? 0;
    return { name, count, kept: before === 0 ? "–" : formatPercent(count / before) };
  });
  return {
    title: funnelFinding(report),
    caption: "Events, and the alerts they became by how far each got",
    chart: barsOf(steps.map(({ name, count }) => ({ label: name, value: count, text: countText(count) }))),
    head: ["Step", "Count", "Of the step before"],
    rows: steps.map(({ name, count, kept }) => [name, countText(count), kept]),
  };
}

function openedFigure({ unit, periods, limits, verdict }: NoiseReport): ReportFigure {
  const counts = periods.map(({ day, incomplete, opened }) => ({ day, incomplete, count: opened.count }));
  const course = countsOverTime(unit, counts, limits);
  return {
    title: `Incidents opened by alerts: ${verdict.word}`,
    caption: `Count of each ${unit}; what has not ended is hollow. ${verdict.because}`,
    chart: course.chart,
    head: [periodHead(unit), "Incidents"],
    rows: course.rows,
  };
}

function offenderFigures(noun: "service" | "kind of alert", offenders: readonly Offender[]): ReportFigure[] {
  const costly = offenders.filter(({ interruptions }) => interruptions > 0);
  if (costly.length === 0) return [];
  const shown = costly.slice(0, MOST_OFFENDERS);
  return [
    {
      title: offenderFinding(noun, costly),
      caption: `Interruptions by ${noun}; the most costly ${shown.length}`,
      chart: barsOf(
        shown.map((one) => ({
          label: offenderName(one),
          value: one.interruptions,
          text: countText(one.interruptions),
        })),
      ),
      head: [
        noun === "service" ? "Service" : "Kind",
        "Alerts",
        "Incidents",
        "Interruptions",
        "Asleep",
        "Acted on",
      ],
      rows: shown.map((one) => [
        offenderName(one),
        countText(one.alerts.count),
        countText(one.opened.count),
        countText(one.interruptions),
        countText(one.sleepInterruptions),
        shareText(one.rate.proportion),
      ]),
    },
  ];
}

function pausedFigure({ pausing }: NoiseReport): ReportFigure {
  return {
    title:
      pausing.length === 0 ? "Nothing was held back for a time" : "Alerts that were held back for a time",
    caption: "Most should end by themselves, and few that open later should need anybody",
    chart: null,
    head: ["Paused by", "Alerts", "Ended by themselves", "Opened later", "Acted on, late", "Still held"],
    rows: pausing.map((row) => [
      PAUSED_BY_NAMES[row.by],
      countText(row.paused.count),
      countText(row.over.count),
      countText(row.opened.count),
      countText(row.acted.count),
      countText(row.waiting.count),
    ]),
  };
}

function regretFigure({ hiding }: NoiseReport): ReportFigure {
  return {
    title:
      hiding.length === 0
        ? "Nothing was hidden"
        : "Alerts that were hidden, and how many people would have wanted",
    caption: "Missed: within the hour people acted on the same kind",
    chart: null,
    head: ["Hidden by", "Alerts", "Missed", "Regret", "95 % interval"],
    rows: hiding.map(({ by, because, hidden, missed, regret }) => [
      by === null ? because : PAUSED_BY_NAMES[by],
      countText(hidden.count),
      countText(missed.count),
      shareText(regret),
      regret === null ? "–" : `${formatPercent(regret.low)} to ${formatPercent(regret.high)}`,
    ]),
  };
}
