import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";

/** The parts of an incident's life, between two columns of its facts. */
export const PHASES = [
  { key: "detect", name: "Began → detected", from: "started_at", to: "detected_at" },
  { key: "page", name: "First page → acknowledged", from: "first_page_at", to: "first_ack_at" },
  { key: "mitigated", name: "Acknowledged → mitigated", from: "first_ack_at", to: "mitigated_at" },
  { key: "close", name: "Mitigated → resolved", from: "mitigated_at", to: "resolved_at" },
] as const;
export type PhaseKey = (typeof PHASES)[number]["key"];

/** Whether a phase is measured. An incident begins when it is detected unless somebody states that it began before: that alone is one. */
export function isMeasured({ key, from, to }: (typeof PHASES)[number]): SQL {
  return sql.raw(`(${to} ${key === "detect" ? ">" : ">="} ${from})`);
}

/** The milliseconds of a phase; null where it did not happen in that order. */
export function phaseLength(phase: (typeof PHASES)[number]): SQL {
  const { key, from, to } = phase;
  // The same, and there already.
  if (key === "page") return sql.raw("ms_to_acknowledge");
  return sql`case when ${isMeasured(phase)} then ${sql.raw(`(date_part('epoch', ${to} - ${from}) * 1000)::bigint`)} end`;
}
