"use client";

import type { ReactNode } from "react";
import { IncidentClock } from "#components/incidents/incident-clock";
import { StatusBadge } from "#components/incidents/incident-status";
import { PriorityBadge, UrgencyIcon } from "#components/incidents/priority";
import { priorityLevel, shownStatus } from "#components/incidents/shown-status";
import { PressingLevel } from "#components/service-levels/level-badge";
import { Time } from "#components/time/time";
import { TextLink } from "#components/ui/link";
import { PeopleStack } from "#components/ui/person-chip";
import { SelectAllBox, SelectBox, type RowSelection } from "#components/ui/row-selection";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "#components/ui/table";
import type { IncidentRowDto } from "#lib/incidents/schemas";

interface IncidentTableProps {
  caption: string;
  rows: readonly IncidentRowDto[];
  /** Absent: rows can't be selected. */
  selection?: RowSelection;
  /** What stands at the end of a row. */
  action?: (row: IncidentRowDto) => ReactNode;
  /** For a column beside others: leaves out who has it and when it opened. */
  compact?: boolean;
  /** The page begins at the first row instead of at its heading. */
  beginsPage?: boolean;
}

/** Incidents as rows: act-now state, what, where, who, how long. */
export function IncidentTable({
  caption,
  rows,
  selection,
  action,
  compact = false,
  beginsPage = false,
}: IncidentTableProps) {
  return (
    <Table caption={caption}>
      <TableHead>
        {selection ? (
          <HeaderCell className="w-8 pr-0">
            <SelectAllBox selection={selection} count={rows.length} />
          </HeaderCell>
        ) : null}
        <HeaderCell className="max-md:hidden">Status</HeaderCell>
        <HeaderCell className="max-md:hidden">Priority</HeaderCell>
        <HeaderCell>Incident</HeaderCell>
        {compact ? null : <HeaderCell className="max-lg:hidden">Assigned to</HeaderCell>}
        <HeaderCell className="max-md:hidden">Clock</HeaderCell>
        {compact ? null : <HeaderCell className="max-lg:hidden">Opened</HeaderCell>}
        {action ? <HeaderCell hiddenLabel="Action" /> : null}
      </TableHead>
      <tbody>
        {rows.map((row, index) => (
          <IncidentTableRow
            key={row.id}
            row={row}
            beginsPage={beginsPage && index === 0}
            selection={selection}
            compact={compact}
            action={action?.(row)}
          />
        ))}
      </tbody>
    </Table>
  );
}

interface RowProps {
  row: IncidentRowDto;
  selection: RowSelection | undefined;
  compact: boolean;
  beginsPage: boolean;
  action: ReactNode;
}

function IncidentTableRow({ row, selection, compact, beginsPage, action }: RowProps) {
  const unacknowledged = row.status === "triggered";
  return (
    <TableRow
      rowId={row.id}
      selected={selection?.selected.has(row.id) ?? false}
      data-initial-focus={beginsPage || undefined}
    >
      {selection ? (
        <Cell
          className={
            unacknowledged
              ? "border-l-3 border-l-status-red-solid pr-0"
              : "border-l-3 border-l-transparent pr-0"
          }
        >
          <SelectBox selection={selection} id={row.id} label={`Select #${row.number}`} />
        </Cell>
      ) : null}
      <Cell className="whitespace-nowrap max-md:hidden">
        <StatusBadge status={shownStatus(row)} />
      </Cell>
      <Cell className="whitespace-nowrap max-md:hidden">
        <Weight row={row} />
      </Cell>
      <Cell grow className="py-1.5 max-md:whitespace-normal md:min-w-52">
        <span className="mb-1 flex items-center gap-2 md:hidden">
          <StatusBadge status={shownStatus(row)} />
          <Weight row={row} />
        </span>
        <TextLink
          tone="quiet"
          data-row-link
          href={`/incidents/${row.number}`}
          className="inline-block max-w-full truncate py-1 font-medium max-md:line-clamp-2 max-md:whitespace-normal"
        >
          <bdi>{row.title}</bdi>
        </TextLink>
        <span className="tabular block text-meta text-text-3 md:truncate">
          <span className="block text-text-2 md:hidden">
            <IncidentClock incident={row} />
          </span>
          #{row.number} · {row.service.name}
          {row.alertCount > 1 ? ` · ${row.alertCount} alerts` : ""} <PressingLevel levels={row.levels} />
        </span>
      </Cell>
      {compact ? null : <Assignees row={row} />}
      <Cell className="tabular whitespace-nowrap max-md:hidden">
        <IncidentClock incident={row} />
      </Cell>
      {compact ? null : (
        <Cell className="whitespace-nowrap text-text-2 max-lg:hidden">
          <Time at={row.createdAt} />
        </Cell>
      )}
      {action === undefined ? null : <Cell className="text-right whitespace-nowrap">{action}</Cell>}
    </TableRow>
  );
}

/** The priority, else the urgency. */
function Weight({ row }: { row: IncidentRowDto }) {
  if (!row.priority) return <UrgencyIcon urgency={row.urgency} />;
  return <PriorityBadge level={priorityLevel(row.priority.rank)} name={row.priority.name} />;
}

function Assignees({ row }: { row: IncidentRowDto }) {
  const nobody = row.unassigned ? (
    <span className="font-medium text-status-red-fg">Nobody</span>
  ) : (
    <span className="text-text-3">–</span>
  );
  return (
    <Cell className="whitespace-nowrap max-lg:hidden">
      {row.assignees.length > 0 ? <PeopleStack people={row.assignees} max={2} /> : nobody}
    </Cell>
  );
}
