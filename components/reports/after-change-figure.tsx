import { ChartFrame } from "#components/charts/chart-frame";
import { IntervalPlot } from "#components/charts/interval-plot";
import { CountedLink } from "#components/reports/counted-link";
import { Time } from "#components/time/time";
import { TextLink } from "#components/ui/link";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "#components/ui/table";
import { logScale } from "#lib/charts/scale";
import { FALSE_DISCOVERIES } from "#lib/reports/trends";
import type { AfterChange, TrendsReport } from "#lib/reports/trends-report";

const MOST_DRAWN = 12;
const AXIS = [0.1, 0.25, 0.5, 1, 2, 4, 10] as const;
const scale = logScale(AXIS[0], 10);

/** Whether incidents follow changes more often than chance would have it, per service. */
export function AfterChangeFigure({ report, csvHref }: { report: TrendsReport; csvHref: string }) {
  const { afterChanges, afterAnyChange, followed } = report;
  if (afterAnyChange === null) {
    return (
      <p className="text-body text-text-2">
        No changes of these services were reported in this time. Send them to the change events address, and
        incidents that follow a change are counted here.
      </p>
    );
  }
  const drawn = afterChanges.filter(({ ratio }) => ratio !== null).slice(0, MOST_DRAWN);
  return (
    <>
      <ChartFrame
        title={titleOf(report)}
        subtitle={`Incidents within 24 h after a change of their service, against the rest of the time; ratio of rates with its 95 % interval, log scale; ${afterAnyChange.changes.toLocaleString("en")} changes`}
        note={
          <>
            <CountedLink counted={afterAnyChange.after} noun="incidents within 24 hours after a change" />{" "}
            incidents followed a change, {afterAnyChange.expected.toFixed(1)} would be expected. Filled dots
            stand at a false discovery rate of {FALSE_DISCOVERIES * 100} % among{" "}
            {afterChanges.length.toLocaleString("en")} services.
          </>
        }
        actions={
          <TextLink href={csvHref} prefetch={false} data-screen>
            CSV
          </TextLink>
        }
        table={{
          columns: [
            { label: "Service" },
            { label: "Changes", numeric: true },
            { label: "Incidents after", numeric: true },
            { label: "Expected", numeric: true },
            { label: "Ratio (95 %)", numeric: true },
            { label: "Adjusted p", numeric: true },
          ],
          rows: afterChanges.map((row) => [
            row.name,
            row.changes.toLocaleString("en"),
            <CountedLink key="after" counted={row.after} noun={`incidents of ${row.name} after a change`} />,
            row.expected.toFixed(1),
            ratioText(row),
            row.adjusted.toFixed(3),
          ]),
        }}
      >
        <IntervalPlot
          rows={drawn.map((row) => ({
            label: row.name.length > 20 ? `${row.name.slice(0, 19)}…` : row.name,
            value: row.ratio ?? undefined,
            low: row.low,
            high: row.high,
            title: `${row.name}: ${row.after.count} after ${row.changes} changes, ${row.expected.toFixed(1)} expected, ratio ${ratioText(row)}`,
            href: row.after.count === 0 ? undefined : row.after.href,
            signal: row.adjusted <= FALSE_DISCOVERIES,
          }))}
          scale={scale}
          xTicks={AXIS.map((tick) => ({
            at: scale(tick),
            label: `×${tick}`,
            minor: tick === 0.25 || tick === 4,
          }))}
          reference={1}
        />
      </ChartFrame>
      {followed.length === 0 ? null : <Followed followed={followed} />}
    </>
  );
}

function titleOf({ afterChanges }: TrendsReport): string {
  const called = afterChanges.filter(
    ({ adjusted, pMore, pFewer }) => adjusted <= FALSE_DISCOVERIES && pMore < pFewer,
  );
  const [first] = called;
  if (first === undefined) return "No service has more incidents after its changes than chance would have it";
  const names = called.slice(0, 3).map(({ name }) => name);
  return `${names.join(", ")}: more incidents after changes than at other times`;
}

function ratioText({ ratio, low, high }: Pick<AfterChange, "ratio" | "low" | "high">): string {
  const end = Number.isFinite(high) ? high.toFixed(1) : "∞";
  return `${ratio === null ? "–" : `×${ratio.toFixed(1)}`} (${low.toFixed(1)} to ${end})`;
}

function Followed({ followed }: { followed: TrendsReport["followed"] }) {
  return (
    <details className="mt-3">
      <summary className="text-body text-text-2 hover:text-text">
        Changes that most incidents followed
      </summary>
      <Table
        caption="Changes that most incidents of their service followed within 24 hours"
        density="compact"
      >
        <TableHead>
          <HeaderCell>When</HeaderCell>
          <HeaderCell>Service</HeaderCell>
          <HeaderCell>Change</HeaderCell>
          <HeaderCell numeric>Incidents</HeaderCell>
        </TableHead>
        <tbody>
          {followed.map((change) => (
            <TableRow key={change.id}>
              <Cell className="whitespace-nowrap">
                <Time at={change.at} format="date-time" />
              </Cell>
              <Cell>
                <bdi>{change.service}</bdi>
              </Cell>
              <Cell grow title={change.summary}>
                <bdi>{change.summary}</bdi>
              </Cell>
              <Cell numeric>
                <CountedLink counted={change.incidents} noun={`incidents after ${change.summary}`} />
              </Cell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </details>
  );
}
