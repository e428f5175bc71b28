"use client";

import { AlarmClock, Check, CircleCheck, GitMerge } from "lucide-react";
import { Button } from "#components/ui/button";
import { Menu, MenuItem } from "#components/ui/menu";
import { SelectionBar, type RowSelection } from "#components/ui/row-selection";
import type { BulkAction, IncidentRowDto } from "#lib/incidents/schemas";

const HOUR = 3600;
export const SNOOZES = [
  { label: "1 hour", seconds: HOUR },
  { label: "4 hours", seconds: 4 * HOUR },
  { label: "8 hours", seconds: 8 * HOUR },
  { label: "24 hours", seconds: 24 * HOUR },
] as const;

interface BulkActionsProps {
  selection: RowSelection;
  rows: readonly IncidentRowDto[];
  pending: boolean;
  onAct: (action: BulkAction) => void;
}

/** What can be done with the selected incidents; each button is there if it fits at least one of them. */
export function BulkActions({ selection, rows, pending, onAct }: BulkActionsProps) {
  const chosen = rows.filter((row) => selection.selected.has(row.id));
  const incidentIds = chosen.map((row) => row.id);
  const open = chosen.filter((row) => row.status !== "resolved");
  const oldest = open.toSorted((a, b) => a.number - b.number)[0];
  const others = incidentIds.filter((incidentId) => incidentId !== oldest?.id);
  return (
    <SelectionBar selection={selection} noun="incidents">
      <Button
        size="small"
        variant="primary"
        icon={<Check aria-hidden />}
        pending={pending}
        pendingLabel="Working…"
        disabled={open.length === 0}
        onClick={() => onAct({ action: "acknowledge", incidentIds })}
      >
        Acknowledge
      </Button>
      <Button
        size="small"
        icon={<CircleCheck aria-hidden />}
        disabled={open.length === 0 || pending}
        onClick={() => onAct({ action: "resolve", incidentIds })}
      >
        Resolve
      </Button>
      <Menu
        align="start"
        trigger={
          <Button size="small" icon={<AlarmClock aria-hidden />} disabled={open.length === 0 || pending}>
            Snooze
          </Button>
        }
      >
        {SNOOZES.map(({ label, seconds }) => (
          <MenuItem key={seconds} onSelect={() => onAct({ action: "snooze", incidentIds, seconds })}>
            {label}
          </MenuItem>
        ))}
      </Menu>
      {oldest && others.length > 0 ? (
        <Button
          size="small"
          icon={<GitMerge aria-hidden />}
          disabled={pending}
          onClick={() => onAct({ action: "merge", incidentIds: others, targetId: oldest.id })}
        >
          Merge into #{oldest.number}
        </Button>
      ) : null}
    </SelectionBar>
  );
}
