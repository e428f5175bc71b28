"use client";

import { BookOpen, MoreHorizontal } from "lucide-react";
import { AcknowledgeButton } from "#components/incidents/acknowledge-button";
import { SNOOZES } from "#components/incidents/bulk-actions";
import { Button } from "#components/ui/button";
import { ButtonLink } from "#components/ui/link";
import { Menu, MenuItem, MenuSeparator } from "#components/ui/menu";
import type { BulkAction, IncidentDetailDto } from "#lib/incidents/schemas";

export type HeaderDialog = "resolve" | "reassign" | "edit";

interface HeaderActionsProps {
  incident: IncidentDetailDto;
  acknowledging: boolean;
  reopening: boolean;
  onAct: (action: BulkAction) => void;
  onOpen: (dialog: HeaderDialog) => void;
  onReopen: () => void;
}

/** What can be done with the incident now; on phones Acknowledge is at the thumb instead. */
export function HeaderActions(props: HeaderActionsProps) {
  const { incident, acknowledging, reopening, onAct, onOpen, onReopen } = props;
  return (
    <>
      {incident.status === "triggered" ? (
        <span className="max-md:hidden">
          <AcknowledgeButton
            incident={incident}
            pending={acknowledging}
            onAcknowledge={() => onAct({ action: "acknowledge", incidentIds: [incident.id] })}
          />
        </span>
      ) : null}
      {incident.status === "resolved" ? (
        <Button pending={reopening} pendingLabel="Reopening…" onClick={onReopen}>
          Reopen
        </Button>
      ) : (
        <Button onClick={() => onOpen("resolve")}>Resolve</Button>
      )}
      {incident.runbookUrl === null ? null : (
        <ButtonLink href={incident.runbookUrl} icon={<BookOpen aria-hidden />} className="lg:hidden">
          Runbook
        </ButtonLink>
      )}
      <Menu trigger={<Button icon={<MoreHorizontal aria-hidden />} aria-label="More actions" />}>
        {incident.status === "resolved" ? null : (
          <OpenItems incident={incident} onAct={onAct} onOpen={onOpen} />
        )}
        <MenuItem onSelect={() => onOpen("edit")}>Edit title, priority, times…</MenuItem>
      </Menu>
    </>
  );
}

function OpenItems({ incident, onAct, onOpen }: Pick<HeaderActionsProps, "incident" | "onAct" | "onOpen">) {
  const incidentIds = [incident.id];
  return (
    <>
      <MenuItem keys="e" onSelect={() => onAct({ action: "escalate", incidentIds })}>
        Escalate to the next level
      </MenuItem>
      <MenuItem keys="w" onSelect={() => onOpen("reassign")}>
        Reassign…
      </MenuItem>
      {incident.status === "acknowledged" ? (
        <MenuItem onSelect={() => onAct({ action: "unacknowledge", incidentIds })}>
          Un-acknowledge (pages again)
        </MenuItem>
      ) : null}
      <MenuSeparator />
      {SNOOZES.map(({ label, seconds }) => (
        <MenuItem key={seconds} onSelect={() => onAct({ action: "snooze", incidentIds, seconds })}>
          Snooze for {label}
        </MenuItem>
      ))}
      <MenuSeparator />
    </>
  );
}
