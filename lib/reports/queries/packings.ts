import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { PACKED_KINDS } from "#db/schema/packed-days";
import { INTERRUPTION_CLASSES } from "#lib/notifications/interruption";
import type { Columns, Layout } from "#lib/reports/columns";
import { FACT_LAYOUT } from "#lib/reports/fact-columns";
import type { FactNumber, FactWhole } from "#lib/reports/fact-columns";
import { LOAD_LAYOUT } from "#lib/reports/load-columns";
import type { LoadNumber, LoadWhole } from "#lib/reports/load-columns";
import { METRIC_LAYOUT } from "#lib/reports/metric-columns";
import type { MetricNumber, MetricWhole } from "#lib/reports/metric-columns";
import { PHASES } from "#lib/reports/phases";
import { bitOf, shiftOf, WORD_TRAITS, YES_TRAITS } from "#lib/reports/traits";
import type { WordTrait, YesTrait } from "#lib/reports/traits";
import { codeOf } from "#lib/reports/queries/words";

/** How the rows of a table become columns: an expression for each, the words last among the whole numbers. */
export type Packing<N extends string = string, W extends string = string> = {
  kind: (typeof PACKED_KINDS)[number];
  table: string;
  /** The column of the instant that says which day a row is of. */
  at: string;
  layout: Layout<N, W>;
  numbers: Record<N, string>;
  wholes: Partial<Record<W, string>>;
  words: Partial<Record<W, string>>;
  /** Differs whenever any of it does. */
  format: string;
};

/** Rows in the one form in which they are kept and sent. */
export type PackedRows = { count: number; numbers: Buffer; words: (string | null)[][] };

function packing<N extends string, W extends string>(given: Omit<Packing<N, W>, "format">): Packing<N, W> {
  const format = createHash("sha256").update(JSON.stringify(given)).digest("hex").slice(0, 16);
  return { ...given, format };
}

/** An instant in milliseconds. */
const epoch = (column: string) => `round(date_part('epoch', ${column}) * 1000)`;

const WORD_COLUMNS: Record<WordTrait, string> = {
  status: "status",
  urgency: "urgency",
  origin: "origin",
  detection: "detection_source",
  cause: "cause_class",
};

const YES_CONDITIONS: Record<YesTrait, string> = {
  major: "major",
  merged: "merged",
  auto: "auto_resolved",
  escalated: "timeout_escalation_count > 0",
  paged: "first_page_at is not null",
  acknowledged: "first_ack_at is not null",
  gameDay: "game_day",
  impact: "coalesce(customer_impact, false) or detection_source in ('customer_report', 'partner', 'social')",
  outage: "coalesce(customer_impact, major)",
};

const TRAITS = [
  ...(Object.keys(WORD_TRAITS) as WordTrait[]).map(
    (trait) =>
      `coalesce(array_position('{${WORD_TRAITS[trait].join(",")}}'::text[], ${WORD_COLUMNS[trait]}), 0) << ${shiftOf(trait)}`,
  ),
  ...YES_TRAITS.map((trait) => `case when ${YES_CONDITIONS[trait]} then ${bitOf(trait)} else 0 end`),
]
  .map((bits) => `(${bits})`)
  .join(" | ");

function phaseLength(key: "detect" | "mitigated" | "close"): string {
  const { from, to, apart } = PHASES[key];
  return `case when ${to} ${apart ? ">" : ">="} ${from} then round(date_part('epoch', ${to} - ${from}) * 1000) end`;
}

export const FACTS = packing<FactNumber, FactWhole>({
  kind: "facts",
  table: "incident_facts",
  at: "created_at",
  layout: FACT_LAYOUT,
  numbers: {
    created: epoch("created_at"),
    acknowledge: "ms_to_acknowledge",
    respond: "ms_to_respond",
    resolve: "ms_to_resolve",
    mitigate: "ms_to_mitigate",
    detect: phaseLength("detect"),
    mitigated: phaseLength("mitigated"),
    close: phaseLength("close"),
    // Of one that goes on, minus the instant at which it began.
    noticed: `case when impact_ended_at is null then -${epoch("impact_started_at")}
      else greatest(0, round(date_part('epoch', impact_ended_at - impact_started_at) * 1000)) end`,
    effort: "coalesce(effort_ms, engaged_ms)",
  },
  wholes: {
    number: "number",
    sample: "hashtext(incident_id)",
    priority: "coalesce(priority_rank, -1)",
    customers: "coalesce(customers_affected, 0)",
    traits: TRAITS,
  },
  words: { service: "service_id", feature: "feature" },
});

export const METRICS = packing<MetricNumber, MetricWhole>({
  kind: "metrics",
  // Under the name that the conditions of the analytics interface use.
  table: "incident_facts f",
  at: "created_at",
  layout: METRIC_LAYOUT,
  numbers: {
    created: epoch("created_at"),
    ended: epoch("resolved_at"),
    ack: "case when first_ack_at >= created_at then date_part('epoch', first_ack_at - created_at) end",
    resolve: "ms_to_resolve / 1000.0",
    engaged: "engaged_ms",
    effort: "coalesce(effort_ms, engaged_ms)",
    engage: "ms_to_engage",
    mobilise: "ms_to_mobilise",
    snoozed: "snoozed_ms",
  },
  wholes: {
    assignments: "assignment_count",
    people: "engaged_user_count",
    escalations: "escalation_count",
    timeouts: "timeout_escalation_count",
    manuals: "manual_escalation_count",
    acknowledgements: "acknowledgement_count",
    reassignments: "reassignment_count",
    interruptions: "interruption_count",
    business: "business_interruption_count",
    off: "off_hour_interruption_count",
    sleep: "sleep_interruption_count",
    notifications: "notification_count",
    priority: "coalesce(priority_rank, -1)",
    traits: TRAITS,
  },
  words: { service: "service_id", team: "team_id", policy: "policy_id" },
});

export const LOADS = packing<LoadNumber, LoadWhole>({
  kind: "loads",
  // Under the name of the facts, so that conditions of a filter on services and teams fit.
  table: "interruption_loads incident_facts",
  at: "at",
  layout: LOAD_LAYOUT,
  numbers: { at: epoch("at") },
  wholes: {
    moment: `weekday | (hour << 3) | ((array_position('{${INTERRUPTION_CLASSES.join(",")}}'::text[], class) - 1) << 8)`,
    night: "coalesce(night - date '1970-01-01', -1)",
    interruptions: "count",
  },
  words: { person: "user_id", service: "service_id" },
});

/** One row: all rows of `from (…) r` as they are kept. */
export function packed({ numbers, wholes, words }: Packing, from: SQL): SQL {
  const plain = [
    ...Object.values(numbers).map((value, place) => `coalesce((${value})::float8, 'NaN') as n${place}`),
    ...Object.values(wholes).map((value, place) => `(${value})::int4 as i${place}`),
    ...Object.values(words).flatMap((value, place) => [
      `${value} collate "C" as t${place}`,
      `dense_rank() over (order by ${value} collate "C") as w${place}`,
    ]),
  ];
  const joined = [
    ...Object.keys(numbers).map((_, place) => `string_agg(float8send(n${place}), '')`),
    ...Object.keys(wholes).map((_, place) => `string_agg(int4send(i${place}), '')`),
    ...Object.keys(words).map((_, place) => `string_agg(int4send(w${place}::int4), '')`),
  ].join(" || ");
  const lists = Object.keys(words)
    .map((_, place) => `coalesce(to_jsonb(array_agg(distinct t${place} order by t${place})), '[]')`)
    .join(", ");
  return sql`
    select count(*)::int as count, coalesce(${sql.raw(joined)}, '') as numbers, jsonb_build_array(${sql.raw(lists)}) as words
    from (select ${sql.raw(plain.join(", "))} ${from}) p`;
}

/** Rows as they are kept as columns; words become codes that hold in this process. */
export function unpack<N extends string, W extends string>(
  { layout, numbers, words: named }: Packing<N, W>,
  { count, numbers: bytes, words }: PackedRows,
): Columns<N, W> {
  const columns: Record<string, number | Float64Array | Int32Array> = { count };
  const [wide, narrow] = [layout.numbers.length, layout.wholes.length];
  // One piece of memory for all columns of a day.
  const memory = new ArrayBuffer(count * (wide * 8 + narrow * 4));
  bytes.copy(Buffer.from(memory));
  Buffer.from(memory, 0, count * wide * 8).swap64();
  Buffer.from(memory, count * wide * 8).swap32();
  for (const [place, name] of Object.keys(numbers).entries()) {
    columns[name] = new Float64Array(memory, place * count * 8, count);
  }
  const texts = Object.keys(named);
  const wholes = [...layout.wholes.filter((name) => !(name in named)), ...texts];
  for (const [place, name] of wholes.entries()) {
    columns[name] = new Int32Array(memory, (wide * 8 + place * 4) * count, count);
  }
  for (const [place, name] of texts.entries()) {
    const codes = (words[place] ?? []).map(codeOf);
    const column = columns[name] as Int32Array;
    for (let row = 0; row < count; row += 1) column[row] = codes[(column[row] ?? 0) - 1] ?? 0;
  }
  return columns as Columns<N, W>;
}
