import { CLOCKS, incidentsHref } from "#lib/incidents/filter";
import type { Clock, IncidentFilter } from "#lib/incidents/filter";
import type { FactColumns } from "#lib/reports/fact-columns";
import type { Counted } from "#lib/reports/report-frame";
import type { ClockSummary, ResponseReport } from "#lib/reports/response-report";
import { bitOf, bitsOfWord, maskOf } from "#lib/reports/traits";
import { wilson } from "#lib/statistics/wilson";

type Waiting = Pick<ClockSummary, "waiting" | "never">;

/** How many escalated, and how many of each clock are not measured: still open, or over. */
export function responseCounts(
  facts: FactColumns,
  population: IncidentFilter,
): Pick<ResponseReport, "escalated"> & { waiting: Record<Clock, Waiting> } {
  const [escalatedBit, paged] = [bitOf("escalated"), bitOf("paged")];
  const counts = { escalated: 0, paged: 0 };
  for (const traits of facts.traits) {
    if ((traits & escalatedBit) !== 0) counts.escalated += 1;
    if ((traits & paged) !== 0) counts.paged += 1;
  }
  const counted = (count: number, change: Partial<IncidentFilter>): Counted => ({
    count,
    href: incidentsHref({ ...population, ...change }),
  });
  const waiting = CLOCKS.map((clock): [Clock, Waiting] => {
    const { open, over } = unmeasured(facts, clock);
    return [
      clock,
      {
        waiting: counted(open, { without: clock, resolved: false }),
        never: counted(over, { without: clock, resolved: true }),
      },
    ];
  });
  return {
    escalated: {
      ...counted(counts.escalated, { escalated: true }),
      of: counts.paged,
      proportion: wilson(counts.escalated, counts.paged),
    },
    waiting: Object.fromEntries(waiting) as Record<Clock, Waiting>,
  };
}

function unmeasured(facts: FactColumns, clock: Clock): { open: number; over: number } {
  const [status, resolved] = [maskOf("status"), bitsOfWord("status", "resolved")];
  const counts = { open: 0, over: 0 };
  const column = facts[clock];
  for (let place = 0; place < facts.count; place += 1) {
    if (!Number.isNaN(column[place])) continue;
    if (((facts.traits[place] ?? 0) & status) === resolved) counts.over += 1;
    else counts.open += 1;
  }
  return counts;
}
