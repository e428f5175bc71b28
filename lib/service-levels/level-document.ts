import type { ReportDocument } from "#lib/reports/document";
import { durationText, instantText } from "#lib/reports/document-words";
import type { ServiceLevelReport } from "#lib/service-levels/report";
import { METRIC_WORDS } from "#lib/service-levels/words";

/** The service levels report as it is sent and shared. */
export function serviceLevelDocument(report: ServiceLevelReport): ReportDocument {
  const { levels, availability } = report;
  const percent = (share: number | null) => (share === null ? "–" : `${(100 * share).toFixed(1)} %`);
  const judged = levels.filter(({ rolling }) => rolling.share !== null);
  return {
    title: "Service levels",
    subtitle: `Last 28 days up to ${instantText(Date.parse(report.generatedAt), report.timeZone)}`,
    numbers: levels.map(({ name, goalPercent, rolling }) => ({
      label: name,
      value: percent(rolling.share),
      note: `goal ${goalPercent} %, n = ${rolling.judged}`,
    })),
    figures: [
      {
        title: "How often each promise was kept",
        caption: "Met ÷ (met + broken) in the last 28 days; the line marks the goal",
        chart:
          judged.length === 0
            ? null
            : {
                kind: "bars",
                most: 100,
                bars: judged.map(({ name, goalPercent, rolling }) => ({
                  label: name,
                  value: 100 * (rolling.share ?? 0),
                  text: percent(rolling.share),
                  mark: goalPercent,
                })),
              },
        head: ["Promise", "Clock", "Goal", "This month", "28 days", "95 % interval", "Met", "Broken"],
        rows: levels.map(({ name, metric, goalPercent, month, rolling }) => [
          name,
          METRIC_WORDS[metric].name,
          `${goalPercent} %`,
          percent(month.share),
          percent(rolling.share),
          rolling.low === null ? "–" : `${percent(rolling.low)} to ${percent(rolling.high)}`,
          String(rolling.states.met.count),
          String(rolling.states.breached.count),
        ]),
      },
      {
        title: "Availability of what customers meet",
        caption: "Per cent of the last 28 days without an outage",
        chart: null,
        head: ["Service", "Target", "This month", "28 days", "Out for"],
        rows: availability.map(({ name, target, month, rolling }) => [
          name,
          target === null ? "–" : `${target} %`,
          `${month.upPercent.toFixed(3)} %`,
          `${rolling.upPercent.toFixed(3)} %`,
          durationText(rolling.downMs),
        ]),
      },
    ],
    notes: [
      "What is open beyond its time counts as broken; what was over before anybody had to act is not judged.",
    ],
  };
}
