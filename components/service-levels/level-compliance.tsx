import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "#components/ui/table";
import type {
  Compliance,
  LevelCompliance as LevelComplianceDto,
  LevelCount,
} from "#lib/service-levels/report";
import { METRIC_WORDS } from "#lib/service-levels/words";
import { formatDuration } from "#lib/time/format";

/** One promise: this month and the last 28 days, by priority, and what was missed. */
export function LevelCompliance({ level }: { level: LevelComplianceDto }) {
  const rows = [
    { key: "month", label: "This month", of: level.month },
    { key: "rolling", label: "Last 28 days", of: level.rolling },
    ...level.priorities.map((of) => ({
      key: `priority ${of.priority}`,
      label: `… ${of.priority ?? "without priority"}`,
      of,
    })),
  ];
  return (
    <Card title={level.name} subtitle={findingOf(level)}>
      <Table caption={`${level.name}: how it was kept`} density="compact">
        <TableHead>
          <HeaderCell>When</HeaderCell>
          <HeaderCell>Kept</HeaderCell>
          <HeaderCell className="max-sm:hidden">95 % interval</HeaderCell>
          <HeaderCell>Met</HeaderCell>
          <HeaderCell>Broken</HeaderCell>
          <HeaderCell className="max-md:hidden">At risk</HeaderCell>
          <HeaderCell className="max-md:hidden">On track</HeaderCell>
          <HeaderCell className="max-lg:hidden">Paused</HeaderCell>
          <HeaderCell className="max-lg:hidden">Not needed</HeaderCell>
          <HeaderCell className="max-sm:hidden">May still be broken</HeaderCell>
        </TableHead>
        <tbody>
          {rows.map(({ key, label, of }) => (
            <TableRow key={key}>
              <Cell className="whitespace-nowrap">{label}</Cell>
              <Cell className="tabular font-medium">{percent(of.share)}</Cell>
              <Cell className="tabular whitespace-nowrap max-sm:hidden">
                {of.low === null || of.high === null ? "–" : `${percent(of.low)} to ${percent(of.high)}`}
              </Cell>
              <Count of={of.states.met} />
              <Count of={of.states.breached} />
              <Count of={of.states.at_risk} className="max-md:hidden" />
              <Count of={of.states.on_track} className="max-md:hidden" />
              <Count of={of.states.paused} className="max-lg:hidden" />
              <Count of={of.states.not_needed} className="max-lg:hidden" />
              <Cell className="tabular max-sm:hidden">{budgetWords(of)}</Cell>
            </TableRow>
          ))}
        </tbody>
      </Table>
      {level.misses.length > 0 ? <Misses level={level} /> : null}
    </Card>
  );
}

function Count({ of, className }: { of: LevelCount; className?: string }) {
  return (
    <Cell className={`tabular ${className ?? ""}`}>
      {of.count === 0 ? "0" : <TextLink href={of.href}>{of.count}</TextLink>}
    </Cell>
  );
}

function Misses({ level }: { level: LevelComplianceDto }) {
  return (
    <div className="mt-4">
      <h3 className="text-table font-medium">Newest broken, last 28 days</h3>
      <ul className="mt-1 flex flex-col gap-1 text-body">
        {level.misses.map((miss) => (
          <li key={miss.number} className="flex flex-wrap gap-x-2">
            <TextLink href={`/incidents/${miss.number}`}>#{miss.number}</TextLink>
            <span className="min-w-0 flex-1 truncate">
              <bdi>{miss.title}</bdi> <span className="text-text-3">{miss.service}</span>
            </span>
            <span className="tabular text-text-2">
              {miss.lateMs === null ? "still open" : `${formatDuration(miss.lateMs)} late`}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function findingOf({ metric, goalPercent, rolling }: LevelComplianceDto): string {
  const goal = `${METRIC_WORDS[metric].name}; goal ${goalPercent} %`;
  if (rolling.share === null) return `${goal}. Nothing was judged in the last 28 days.`;
  const above = (rolling.low ?? 0) * 100 >= goalPercent;
  const below = (rolling.high ?? 1) * 100 < goalPercent;
  const verdict = above ? "above the goal" : below ? "below the goal" : "too close to the goal to tell";
  return `${goal}. ${percent(rolling.share)} of ${rolling.judged} in the last 28 days: ${verdict}.`;
}

function budgetWords({ budget: { allowed, left } }: Compliance): string {
  return left >= 0 ? `${left} of ${allowed}` : `${-left} too many`;
}

function percent(share: number | null): string {
  return share === null ? "–" : `${(100 * share).toFixed(1)} %`;
}
