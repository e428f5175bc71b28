import { Time } from "#components/time/time";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { TextLink } from "#components/ui/link";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "#components/ui/table";
import { CLASS_NAMES } from "#lib/reports/on-call-health-report";
import type { InterruptionDto } from "#lib/reports/interruption";

interface InterruptionTableProps {
  total: number;
  interruptions: readonly InterruptionDto[];
}

/** Interruptions, the newest first, each by the clock of whom it interrupted. */
export function InterruptionTable({ total, interruptions }: InterruptionTableProps) {
  if (total === 0) {
    return (
      <EmptyState kind="filtered" title="No interruptions">
        No push, text or call matches.
      </EmptyState>
    );
  }
  const shown = interruptions.length;
  return (
    <Card
      flush
      title={`${total.toLocaleString("en")} ${total === 1 ? "interruption" : "interruptions"}`}
      subtitle={shown < total ? `The newest ${shown.toLocaleString("en")} are shown` : "Newest first"}
    >
      <Table caption="Interruptions, newest first">
        <TableHead>
          <HeaderCell>When, their clock</HeaderCell>
          <HeaderCell>Hours</HeaderCell>
          <HeaderCell>Person</HeaderCell>
          <HeaderCell>By</HeaderCell>
          <HeaderCell>Incident</HeaderCell>
        </TableHead>
        <tbody>
          {interruptions.map((row) => (
            <TableRow key={row.id}>
              <Cell className="whitespace-nowrap">
                <Time at={row.at} format="date-time" zone={row.timeZone} />
              </Cell>
              <Cell className="whitespace-nowrap">{CLASS_NAMES[row.class]}</Cell>
              <Cell className="whitespace-nowrap">
                {row.person === null ? (
                  <span className="text-text-3">Somebody</span>
                ) : (
                  <bdi>{row.person}</bdi>
                )}
              </Cell>
              <Cell>{row.channel}</Cell>
              <Cell grow>
                <TextLink href={`/incidents/${row.number}`}>
                  #{row.number} <bdi>{row.title}</bdi>
                </TextLink>
              </Cell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
