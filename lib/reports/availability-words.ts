import { formatPercent } from "#lib/reports/percent";
import type { PeriodAvailability } from "#lib/service-levels/report";
import { formatDuration } from "#lib/time/format";

/** "Availability met for 3 of 4 services; missed by Bet slip (99.85 % for 99.95 %)." */
export function availabilityFinding(rows: readonly PeriodAvailability[]): string {
  const promised = rows.flatMap((row) => (row.target === null ? [] : [{ ...row, target: row.target }]));
  if (promised.length === 0) return "No availability was promised";
  const missed = promised.filter(({ upPercent, target }) => upPercent < target);
  const met = `Availability met for ${promised.length - missed.length} of ${promised.length} services`;
  if (missed.length === 0) return met;
  const worst = missed.toSorted((a, b) => (a.budgetLeftMs ?? 0) - (b.budgetLeftMs ?? 0)).slice(0, 3);
  const names = worst.map(
    ({ name, upPercent, target }) => `${name} (${formatPercent(upPercent / 100)} for ${target} %)`,
  );
  const more = missed.length > worst.length ? ` and ${missed.length - worst.length} more` : "";
  return `${met}; missed by ${names.join(", ")}${more}`;
}

/** What is left of the outage that the target allows in the whole period. */
export function budgetWords({ budgetLeftMs }: Pick<PeriodAvailability, "budgetLeftMs">): string {
  if (budgetLeftMs === null) return "–";
  return budgetLeftMs >= 0
    ? `${formatDuration(budgetLeftMs)} left`
    : `${formatDuration(-budgetLeftMs)} too much`;
}
