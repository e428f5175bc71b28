import { HeatCell } from "#components/charts/heat-cell";
import { Sparkline } from "#components/charts/sparkline";
import { CountedLink } from "#components/reports/counted-link";
import { VerdictBadge } from "#components/reports/verdict-badge";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "#components/ui/table";
import { SegmentedLinks } from "#components/ui/tabs";
import { periodLabel } from "#lib/reports/period-label";
import { DIMENSIONS, trendsHref } from "#lib/reports/trends-filter";
import type { Dimension, TrendsFilter } from "#lib/reports/trends-filter";
import type { TrendRow, TrendsReport } from "#lib/reports/trends-report";

const TITLES: Record<Dimension, string> = {
  feature: "Feature",
  service: "Service",
  team: "Team",
  cause: "Cause",
};

/** What a table says that has one row: of those that have none. */
const UNKNOWN: Record<Dimension, string> = {
  feature: "No feature is known for these incidents",
  service: "No service is known for these incidents",
  team: "No team owns the services of these incidents",
  cause: "No cause is known for these incidents",
};

interface TrendsTableProps {
  report: TrendsReport;
  filter: TrendsFilter;
  csvHref: string;
}

/** Rows by periods: each cell is its number on a shade of it and opens its incidents. */
export function TrendsTable({ report, filter, csvHref }: TrendsTableProps) {
  const { unit, periods, rows, more } = report;
  const most = Math.max(1, ...rows.flatMap(({ cells }) => cells.map(({ count }) => count)));
  const largest = rows[0];
  return (
    <div className="flex flex-col gap-2">
      <SegmentedLinks
        label="Group by"
        options={DIMENSIONS.map((by) => ({
          href: trendsHref({ ...filter, by }),
          label: `By ${by}`,
          current: filter.by === by,
        }))}
      />
      <Card
        flush
        title={largest === undefined ? `Incidents by ${filter.by}` : titleOf(largest, report, filter.by)}
        subtitle={`Incidents by ${filter.by} and ${unit}; dashed: not complete`}
        actions={
          <TextLink href={csvHref} prefetch={false} data-screen>
            CSV
          </TextLink>
        }
        footer={
          more.rows === 0
            ? undefined
            : `${more.rows.toLocaleString("en")} more rows with ${more.incidents.toLocaleString("en")} incidents are in the CSV.`
        }
      >
        <Table caption={`Incidents by ${filter.by} and ${unit}`} density="compact" stickyFirstColumn>
          <TableHead>
            <HeaderCell>{TITLES[filter.by]}</HeaderCell>
            <HeaderCell numeric>Total</HeaderCell>
            <HeaderCell>Verdict</HeaderCell>
            <HeaderCell>Course</HeaderCell>
            {periods.map(({ day }) => (
              <HeaderCell key={day} className="px-0.5 text-center">
                {periodLabel(unit, day)}
              </HeaderCell>
            ))}
          </TableHead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.key} row={row} report={report} most={most} />
            ))}
          </tbody>
        </Table>
      </Card>
    </div>
  );
}

function titleOf(largest: TrendRow, report: TrendsReport, by: Dimension): string {
  if (largest.key === "none" && report.rows.length === 1) return UNKNOWN[by];
  const share = Math.round((100 * largest.total.count) / Math.max(1, report.total.count));
  return `${largest.name} has ${share} % of all incidents`;
}

function Row({ row, report, most }: { row: TrendRow; report: TrendsReport; most: number }) {
  const { unit, periods, stretches } = report;
  return (
    <TableRow>
      <Cell className="max-w-48 truncate" title={row.name}>
        <bdi>{row.name}</bdi>
      </Cell>
      <Cell numeric>
        <CountedLink counted={row.total} noun={`incidents of ${row.name}`} />
      </Cell>
      <Cell className="whitespace-nowrap" title={row.change === null ? undefined : becauseOf(row.change)}>
        <VerdictBadge
          word={row.change === null || stretches === null ? "too little data" : row.change.word}
        />
      </Cell>
      <Cell>
        <Sparkline
          values={row.cells
            .filter((_, index) => periods[index]?.incomplete === false)
            .map(({ count }) => count)}
        />
      </Cell>
      {row.cells.map((cell, index) => {
        const period = periods[index];
        if (period === undefined) return null;
        return (
          <Cell key={period.day} className="px-0.5">
            <HeatCell
              value={cell.count}
              most={most}
              href={cell.href}
              incomplete={period.incomplete}
              label={`${cell.count} incidents of ${row.name}, ${unit} of ${periodLabel(unit, period.day)}`}
            />
          </Cell>
        );
      })}
    </TableRow>
  );
}

function becauseOf(change: NonNullable<TrendRow["change"]>): string {
  return `${change.count} recent, ${change.expected.toFixed(1)} expected; adjusted p = ${change.adjusted.toFixed(3)}`;
}
