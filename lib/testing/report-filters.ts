import fc from "fast-check";
import type { Database } from "#db/connect";

const optional = <T>(items: readonly T[]) => fc.option(fc.constantFrom(...items));

/** Random addresses of a report, from what is in the database; `own` is what only this report knows. */
export async function reportParameters(
  db: Database,
  own: Readonly<Record<string, readonly string[]>> = {},
): Promise<fc.Arbitrary<URLSearchParams>> {
  const [services, teams, features] = await Promise.all([
    db.$client<{ id: string }[]>`select id from services order by name`,
    db.$client<{ id: string }[]>`select id from teams order by name`,
    db.$client<
      { feature: string }[]
    >`select distinct feature from incident_facts where feature is not null order by 1`,
  ]);
  return fc
    .record({
      range: optional(["4w", "13w", "26w", "52w", "nonsense"]),
      // The demo of the tests ends in November 2025.
      from: fc.constantFrom(
        "2024-11-25",
        "2025-05-26",
        "2025-08-30T11:11:11Z",
        "2025-10-20",
        "2026-01-15",
        null,
      ),
      to: fc.constantFrom("2025-11-23", "2025-11-23", "2025-11-02T17:00:00Z", null),
      urgency: optional(["high", "low"]),
      priority: optional(["P1", "P2,none", "none", "P9"]),
      team: optional(["none", ...teams.map(({ id }) => id)]),
      service: optional(services.map(({ id }) => id)),
      feature: optional(["none", ...features.map(({ feature }) => feature)]),
      cause: optional(["change", "capacity,none"]),
      detection: optional(["customer_report", "monitoring,unknown"]),
      q: optional(["bet slip", "50%", "投注单", "x y z"]),
      major: optional(["yes", "no"]),
      impact: optional(["yes", "no"]),
      game_day: optional(["yes", "no"]),
      after_change: optional(["yes", "no"]),
      corrected: optional(["yes", "no"]),
      merged: optional(["include"]),
      auto: optional(["include"]),
      imported: optional(["exclude"]),
      escalated: optional(["yes", "no"]),
      ...Object.fromEntries(Object.entries(own).map(([key, words]) => [key, optional(words)])),
    })
    .map(
      (given) =>
        new URLSearchParams(
          Object.entries(given).flatMap(([key, value]) => (typeof value === "string" ? [[key, value]] : [])),
        ),
    );
}
