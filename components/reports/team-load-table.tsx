import { CountedLink } from "#components/reports/counted-link";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "#components/ui/table";
import { CLASS_NAMES } from "#lib/reports/on-call-health-report";
import type { TeamLoad } from "#lib/reports/on-call-health-report";

/** What paging costs the people of each team. */
export function TeamLoadTable({ teams, csvHref }: { teams: readonly TeamLoad[]; csvHref: string }) {
  return (
    <Card
      flush
      title="Load by team"
      subtitle="Interruptions about the services that a team owns now"
      actions={
        <TextLink href={csvHref} prefetch={false} data-screen>
          CSV
        </TextLink>
      }
    >
      <Table caption="Interruptions by team" stickyFirstColumn>
        <TableHead>
          <HeaderCell>Team</HeaderCell>
          <HeaderCell numeric>All</HeaderCell>
          {(["business", "off", "sleep"] as const).map((kind) => (
            <HeaderCell key={kind} numeric>
              {CLASS_NAMES[kind]}
            </HeaderCell>
          ))}
          <HeaderCell numeric>People</HeaderCell>
          <HeaderCell numeric>Each, a week</HeaderCell>
          <HeaderCell numeric>Hours hit</HeaderCell>
        </TableHead>
        <tbody>
          {teams.map((team) => (
            <TableRow key={team.key}>
              <Cell>
                <bdi>{team.name}</bdi>
              </Cell>
              <Cell numeric>
                <CountedLink counted={team.total} noun={`interruptions of ${team.name}`} />
              </Cell>
              {team.classes.map((part) => (
                <Cell key={part.class} numeric>
                  <CountedLink
                    counted={part}
                    noun={`interruptions of ${team.name} in ${CLASS_NAMES[part.class].toLowerCase()}`}
                  />
                </Cell>
              ))}
              <Cell numeric>{team.people.toLocaleString("en")}</Cell>
              <Cell numeric>{team.perPersonWeek.toFixed(1)}</Cell>
              <Cell numeric>{team.hours.toLocaleString("en")}</Cell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
