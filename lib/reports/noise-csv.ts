import { csvRecord } from "#lib/reports/csv";
import type { CsvValue } from "#lib/reports/csv";
import { FUNNEL_STEPS } from "#lib/reports/noise-report";
import type { NoiseReport, Offender } from "#lib/reports/noise-report";

export const NOISE_FIGURES = [
  "funnel",
  "periods",
  "services",
  "kinds",
  "pausing",
  "hiding",
  "rules",
] as const;
export type NoiseFigure = (typeof NOISE_FIGURES)[number];

/** One figure of the noise report as CSV. */
export function noiseCsv(report: NoiseReport, figure: NoiseFigure): string {
  return RECORDS[figure](report).map(csvRecord).join("");
}

const RECORDS: Record<NoiseFigure, (report: NoiseReport) => CsvValue[][]> = {
  funnel: ({ funnel, events, interruptions, dropped }) => [
    ["step", "count"],
    ["events_dropped_by_rules", dropped],
    ["events", events],
    ...FUNNEL_STEPS.map((step) => [step, funnel[step].count]),
    ["interruptions", interruptions],
  ],
  periods: ({ unit, periods }) => [
    [unit, ...(periods[0]?.outcomes.map(({ outcome }) => outcome) ?? []), "incomplete"],
    ...periods.map(({ day, outcomes, incomplete }) => [
      day,
      ...outcomes.map(({ count }) => count),
      incomplete,
    ]),
  ],
  services: ({ services }) => offenderRecords("service", services),
  kinds: ({ kinds }) => offenderRecords("kind", kinds),
  pausing: ({ pausing }) => [
    ["paused_by", "alerts", "ended_by_themselves", "opened_later", "acted_on", "still_held"],
    ...pausing.map((row) => [
      row.by,
      row.paused.count,
      row.over.count,
      row.opened.count,
      row.acted.count,
      row.waiting.count,
    ]),
  ],
  hiding: ({ hiding }) => [
    ["hidden_by", "alerts", "missed", "regret", "low_95", "high_95"],
    ...hiding.map(({ because, hidden, missed, regret }) => [
      because,
      hidden.count,
      missed.count,
      regret?.share ?? null,
      regret?.low ?? null,
      regret?.high ?? null,
    ]),
  ],
  rules: ({ rules }) => [
    ["rule_set", "rule", "does", "state", "matched", "would_have_matched"],
    ...rules.map((rule) => [rule.set, rule.label, rule.does, rule.state, rule.hits, rule.shadowHits]),
  ],
};

function offenderRecords(heading: string, offenders: readonly Offender[]): CsvValue[][] {
  return [
    [
      heading,
      "service",
      "alerts",
      "incidents",
      "interruptions",
      "interruptions_asleep",
      "acted_on",
      "judged",
    ],
    ...offenders.map((one) => [
      one.name,
      one.service,
      one.alerts.count,
      one.opened.count,
      one.interruptions,
      one.sleepInterruptions,
      one.rate.acted.count,
      one.rate.judged.count,
    ]),
  ];
}
