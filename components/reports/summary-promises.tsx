import { CountedLink } from "#components/reports/counted-link";
import { Badge } from "#components/ui/badge";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "#components/ui/table";
import { formatPercent } from "#lib/reports/percent";
import type { Summary } from "#lib/reports/summary";

/** What was promised about incidents: what is nearly broken now, and how it was kept in the last 28 days. */
export function SummaryPromises({ promises }: { promises: Summary["promises"] }) {
  const concerned = promises.filter(({ rolling }) =>
    Object.values(rolling.states).some(({ count }) => count > 0),
  );
  if (concerned.length === 0) return null;
  return (
    <div className="mt-5 border-t pt-4">
      <Table caption="Promises about incidents, last 28 days" density="compact">
        <TableHead>
          <HeaderCell>Promise</HeaderCell>
          <HeaderCell>At risk</HeaderCell>
          <HeaderCell>Broken</HeaderCell>
          <HeaderCell>Kept</HeaderCell>
        </TableHead>
        <tbody>
          {concerned.map(({ policyId, name, goalPercent, rolling }) => (
            <TableRow key={policyId}>
              <Cell>{name}</Cell>
              <Cell className="tabular">
                <span className="flex items-center gap-2">
                  <CountedLink counted={rolling.states.at_risk} noun={`incidents at risk: ${name}`} />
                  {rolling.states.at_risk.count > 0 ? <Badge hue="amber">At risk</Badge> : null}
                </span>
              </Cell>
              <Cell className="tabular">
                <CountedLink counted={rolling.states.breached} noun={`incidents that broke it: ${name}`} />
              </Cell>
              <Cell className="tabular">
                <KeptText rolling={rolling} />
                <span className="block text-meta text-text-3">goal {goalPercent} %</span>
              </Cell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function KeptText({ rolling }: { rolling: Summary["promises"][number]["rolling"] }) {
  const { share, low, high, judged, states } = rolling;
  if (share === null) return <>Nothing judged yet</>;
  return (
    <>
      {formatPercent(share)} (
      <CountedLink counted={states.met} noun="incidents that kept it" />/{judged})
      {low === null || high === null ? null : (
        <span className="block text-meta text-text-3 max-sm:hidden">
          95 % interval {formatPercent(low)} to {formatPercent(high)}
        </span>
      )}
    </>
  );
}
