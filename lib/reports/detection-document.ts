import { FOUND_BY_US_TARGET, SOURCE_NAMES } from "#lib/reports/detection-report";
import type { DetectionReport, FoundByUs } from "#lib/reports/detection-report";
import type { ReportDocument } from "#lib/reports/document";
import { barsOf, countText, periodHead, rangeText } from "#lib/reports/document-words";
import { formatPercent } from "#lib/reports/percent";
import { periodLabel } from "#lib/reports/period-label";

/** The detection report as it is sent and shared. */
export function detectionDocument(report: DetectionReport): ReportDocument {
  const { unit, periods, sources, verdict } = report;
  const share = (ours: number, known: number) => (known === 0 ? "–" : formatPercent(ours / known));
  return {
    title: "Detection",
    subtitle: `${rangeText(report)}; ${countText(report.total.count)} incidents`,
    numbers: [
      numberOf(`Found by us first (target ${formatPercent(FOUND_BY_US_TARGET)})`, report.all),
      ...(report.noticed === null ? [] : [numberOf("Of those that customers noticed", report.noticed)]),
    ],
    figures: [
      {
        title: `Found by us first: ${verdict.word}`,
        caption: `Per cent of the incidents of each ${unit} of which it is known who noticed; what has not ended is hollow. ${verdict.because}`,
        chart: {
          kind: "line",
          points: periods.map(({ day, incomplete, ours, known }) => ({
            label: periodLabel(unit, day),
            value: known === 0 ? null : (100 * ours) / known,
            text: share(ours, known),
            incomplete,
          })),
          centre: report.chart === null ? null : 100 * report.chart.centre,
          low: null,
          high: null,
        },
        head: [periodHead(unit), "Found by us", "Known", "Share"],
        rows: periods.map(({ day, ours, known }) => [
          periodLabel(unit, day),
          countText(ours),
          countText(known),
          share(ours, known),
        ]),
      },
      {
        title: "Who noticed first",
        caption: "Incidents by who noticed; what is not known is in no share",
        chart: barsOf(
          sources.map(({ source, count }) => ({
            label: SOURCE_NAMES[source],
            value: count,
            text: countText(count),
          })),
        ),
        head: ["Who", "Incidents"],
        rows: sources.map(({ source, count }) => [SOURCE_NAMES[source], countText(count)]),
      },
    ],
    notes: [
      "Found by us: monitoring or somebody of ours noticed before any customer, partner or the public told us. Intervals are Wilson’s at 95 %.",
    ],
  };
}

function numberOf(label: string, { ours, known, proportion }: FoundByUs): ReportDocument["numbers"][number] {
  if (proportion === null) return { label, value: "–", note: "not known of any incident" };
  return {
    label,
    value: formatPercent(proportion.share),
    note: `${countText(ours.count)} of ${countText(known.count)}, 95 % interval ${formatPercent(proportion.low)} to ${formatPercent(proportion.high)}`,
  };
}
