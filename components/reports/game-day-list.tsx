import { RemoveButton } from "#components/reports/saved/remove-button";
import { Time } from "#components/time/time";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "#components/ui/table";
import type { GameDayDto } from "#lib/reports/schemas";

interface GameDayListProps {
  days: readonly GameDayDto[];
  mayChange: boolean;
}

export function GameDayList({ days, mayChange }: GameDayListProps) {
  return (
    <Card flush>
      <Table caption="Game days">
        <TableHead>
          <HeaderCell>Game day</HeaderCell>
          <HeaderCell>From</HeaderCell>
          <HeaderCell className="max-sm:hidden">To</HeaderCell>
          <HeaderCell className="max-sm:hidden">Load</HeaderCell>
          <HeaderCell>Incidents</HeaderCell>
          {mayChange ? <HeaderCell hiddenLabel="Actions" /> : null}
        </TableHead>
        <tbody>
          {days.map((day) => (
            <TableRow key={day.id}>
              <Cell className="font-medium">{day.name}</Cell>
              <Cell className="whitespace-nowrap">
                <Time at={day.startsAt} format="date-time" />
              </Cell>
              <Cell className="whitespace-nowrap max-sm:hidden">
                <Time at={day.endsAt} format="date-time" />
              </Cell>
              <Cell className="max-sm:hidden">{day.load}</Cell>
              <Cell className="tabular">
                {day.incidents === 0 ? "0" : <TextLink href={day.href}>{day.incidents}</TextLink>}
              </Cell>
              {mayChange ? (
                <Cell className="text-right">
                  <RemoveButton
                    kind="gameDay"
                    id={day.id}
                    name={`${day.name}, ${day.startsAt.slice(0, 10)}`}
                  />
                </Cell>
              ) : null}
            </TableRow>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
