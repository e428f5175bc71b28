import { Money } from "#components/problems/money";
import { ProblemStateBadge } from "#components/problems/problem-state";
import { Duration } from "#components/time/duration";
import { Time } from "#components/time/time";
import { Badge } from "#components/ui/badge";
import { TextLink } from "#components/ui/link";
import { RowNavigation } from "#components/ui/row-navigation";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "#components/ui/table";
import { problemRef } from "#lib/problems/problem";
import type { ProblemDto } from "#lib/problems/schemas";
import { formatDayOfYear } from "#lib/time/format-day";

/** Problems by what they have cost so far. */
export function ProblemTable({ problems, currency }: { problems: readonly ProblemDto[]; currency: string }) {
  return (
    <RowNavigation>
      <Table caption="Problems by cost to date">
        <TableHead>
          <HeaderCell>Problem</HeaderCell>
          <HeaderCell>State</HeaderCell>
          <HeaderCell numeric>Cost to date, estimated</HeaderCell>
          <HeaderCell numeric>Incidents</HeaderCell>
          <HeaderCell numeric className="max-md:hidden">
            Time of people
          </HeaderCell>
          <HeaderCell numeric className="max-md:hidden">
            Customers affected for
          </HeaderCell>
          <HeaderCell className="max-lg:hidden">Last incident</HeaderCell>
          <HeaderCell className="max-lg:hidden">Owner</HeaderCell>
          <HeaderCell className="max-lg:hidden">Due</HeaderCell>
        </TableHead>
        <tbody>
          {problems.map((problem) => (
            <Row key={problem.id} problem={problem} currency={currency} />
          ))}
        </tbody>
      </Table>
    </RowNavigation>
  );
}

function Row({ problem, currency }: { problem: ProblemDto; currency: string }) {
  return (
    <TableRow rowId={problem.id}>
      <Cell grow className="py-1.5">
        <TextLink
          tone="quiet"
          data-row-link
          href={`/problems/${problem.number}`}
          className="block truncate font-medium"
        >
          <span className="text-text-3">{problemRef(problem.number)}</span> {problem.title}
        </TextLink>
        <span className="block truncate text-meta text-text-3">
          {problem.service?.name ?? (problem.feature === null ? "No service" : `Feature ${problem.feature}`)}
        </span>
      </Cell>
      <Cell>
        <ProblemStateBadge state={problem.state} />
      </Cell>
      <Cell numeric>
        <Money amount={problem.cost} currency={currency} />
      </Cell>
      <Cell numeric>{problem.incidentCount}</Cell>
      <Cell numeric className="max-md:hidden">
        <Duration milliseconds={problem.engagedMs} />
      </Cell>
      <Cell numeric className="max-md:hidden">
        <Duration milliseconds={problem.impactMs} />
      </Cell>
      <Cell className="max-lg:hidden">
        {problem.lastIncidentAt === null ? "–" : <Time at={problem.lastIncidentAt} card={false} />}
      </Cell>
      <Cell className="max-lg:hidden">{problem.owner?.name ?? "–"}</Cell>
      <Cell className="whitespace-nowrap max-lg:hidden">
        {problem.dueOn === null ? "–" : formatDayOfYear(problem.dueOn)}{" "}
        {problem.isOverdue ? <Badge hue="red">Overdue</Badge> : null}
      </Cell>
    </TableRow>
  );
}
