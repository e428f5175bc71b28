import { AlertSeverityLabel } from "#components/incidents/alert-severity";
import { OutcomeBadge } from "#components/alerts/outcome-badge";
import { Time } from "#components/time/time";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link";
import { PeekButton } from "#components/ui/peek-button";
import { RowNavigation } from "#components/ui/row-navigation";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "#components/ui/table";
import type { AlertRowDto } from "#lib/alerts/schemas";

interface AlertTableProps {
  caption: string;
  rows: readonly AlertRowDto[];
  onPeek: (alertId: string) => void;
}

/** Alerts as rows, newest first: what became of each, what it is, where. A row opens the alert beside the list. */
export function AlertTable({ caption, rows, onPeek }: AlertTableProps) {
  return (
    <Card flush>
      <RowNavigation>
        <Table caption={caption}>
          <TableHead>
            <HeaderCell className="max-md:hidden">Outcome</HeaderCell>
            <HeaderCell className="max-md:hidden">Severity</HeaderCell>
            <HeaderCell>Alert</HeaderCell>
            <HeaderCell numeric className="max-lg:hidden">
              Events
            </HeaderCell>
            <HeaderCell className="max-lg:hidden">Incident</HeaderCell>
            <HeaderCell>Opened</HeaderCell>
            <HeaderCell className="max-md:hidden">
              <span className="sr-only">Look into</span>
            </HeaderCell>
          </TableHead>
          <tbody>
            {rows.map((row) => (
              <AlertTableRow key={row.id} row={row} onPeek={() => onPeek(row.id)} />
            ))}
          </tbody>
        </Table>
      </RowNavigation>
    </Card>
  );
}

function AlertTableRow({ row, onPeek }: { row: AlertRowDto; onPeek: () => void }) {
  const { outcome, severity, status, service, incident, events } = row;
  return (
    <TableRow rowId={row.id}>
      <Cell className="whitespace-nowrap max-md:hidden">
        <OutcomeBadge outcome={outcome} />
      </Cell>
      <Cell className="max-md:hidden">
        <AlertSeverityLabel severity={severity} />
      </Cell>
      <Cell className="w-full max-w-0 py-1.5">
        <TextLink
          href={`/alerts?peek=${row.id}`}
          prefetch={false}
          tone="quiet"
          data-row-link
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            onPeek();
          }}
          className="block truncate font-medium"
        >
          <bdi>{row.summary}</bdi>
        </TextLink>
        <span className="flex min-w-0 flex-wrap items-center gap-x-2 text-meta text-text-3">
          <span className="md:hidden">
            <OutcomeBadge outcome={outcome} />
          </span>
          <span className="truncate">{service.name}</span>
          <span>{status === "triggered" ? "firing" : "over"}</span>
          {row.held === null ? null : <bdi className="truncate max-md:hidden">{row.held.because}</bdi>}
        </span>
      </Cell>
      <Cell numeric className="max-lg:hidden">
        {events.toLocaleString("en")}
      </Cell>
      <Cell className="whitespace-nowrap max-lg:hidden">
        {incident === null ? (
          <span className="text-text-3">none</span>
        ) : (
          <TextLink href={`/incidents/${incident.number}`}>#{incident.number}</TextLink>
        )}
      </Cell>
      <Cell className="whitespace-nowrap">
        <Time at={row.createdAt} />
      </Cell>
      <Cell className="py-0 max-md:hidden">
        <PeekButton name={`Look into ${row.summary}`} onClick={onPeek} />
      </Cell>
    </TableRow>
  );
}
