"use client";

import { useState } from "react";
import { AcknowledgeButton } from "#components/incidents/acknowledge-button";
import { EditIncidentDialog } from "#components/incidents/edit-incident-dialog";
import { HeaderActions, type HeaderDialog } from "#components/incidents/header-actions";
import { IncidentClock } from "#components/incidents/incident-clock";
import { StatusBadge } from "#components/incidents/incident-status";
import { PriorityBadge, UrgencyIcon } from "#components/incidents/priority";
import { ReassignDialog } from "#components/incidents/reassign-dialog";
import { ResolveDialog } from "#components/incidents/resolve-dialog";
import { priorityLevel, shownStatus } from "#components/incidents/shown-status";
import { useIncidentAction } from "#components/incidents/use-incident-action";
import { useReopen } from "#components/incidents/use-reopen";
import { useCommands, type Command } from "#components/layout/commands";
import { PageHeader } from "#components/layout/page-header";
import { Time } from "#components/time/time";
import { TextLink } from "#components/ui/link";
import type { FilterChoicesDto } from "#lib/incidents/schemas";
import type { IncidentDetailDto } from "#lib/incidents/schemas";

interface IncidentHeaderProps {
  incident: IncidentDetailDto;
  choices: FilterChoicesDto;
  people: readonly { id: string; name: string }[];
  canRespond: boolean;
}

/** What it is, who has it, what happens next; and everything that can be done with it. */
export function IncidentHeader({ incident, choices, people, canRespond }: IncidentHeaderProps) {
  const [open, setOpen] = useState<HeaderDialog | null>(null);
  const reopen = useReopen(incident.id);
  const action = useIncidentAction({
    onDone: () => setOpen(null),
    undoOf: ({ action: done }) =>
      done === "resolve"
        ? () => reopen.mutate({ acknowledged: true, because: "Resolved by mistake" })
        : undefined,
  });
  const incidentIds = [incident.id];
  const acknowledging = action.isPending && action.variables.action === "acknowledge";
  const acknowledge = () => action.mutate({ action: "acknowledge", incidentIds });
  useIncidentCommands(incident, canRespond, {
    acknowledge,
    resolve: () => setOpen("resolve"),
    reassign: () => setOpen("reassign"),
    escalate: () => action.mutate({ action: "escalate", incidentIds }),
    snooze: () => action.mutate({ action: "snooze", incidentIds, seconds: 3600 }),
    edit: () => setOpen("edit"),
  });
  return (
    <>
      <PageHeader
        title={<bdi>{incident.title}</bdi>}
        trail={`#${incident.number}`}
        before={<HeaderFacts incident={incident} />}
        actions={
          canRespond ? (
            <HeaderActions
              incident={incident}
              acknowledging={acknowledging}
              reopening={reopen.isPending}
              onAct={action.mutate}
              onOpen={setOpen}
              onReopen={() => reopen.mutate({ acknowledged: false, because: null })}
            />
          ) : null
        }
      />
      {canRespond ? (
        <>
          <ResolveDialog
            open={open === "resolve"}
            onOpenChange={(next) => setOpen(next ? "resolve" : null)}
            openAlerts={incident.openAlerts}
            pending={action.isPending}
            onResolve={(resolution) => action.mutate({ action: "resolve", incidentIds, resolution })}
          />
          <ReassignDialog
            open={open === "reassign"}
            onOpenChange={(next) => setOpen(next ? "reassign" : null)}
            people={people}
            pending={action.isPending}
            onReassign={(userIds) => action.mutate({ action: "reassign", incidentIds, userIds })}
          />
          {open === "edit" ? (
            <EditIncidentDialog incident={incident} choices={choices} onClose={() => setOpen(null)} />
          ) : null}
          {incident.status === "triggered" ? (
            <div className="fixed inset-x-0 bottom-(--bottom-bar-height) z-20 border-t bg-overlay p-3 md:hidden [&_button]:w-full">
              <AcknowledgeButton
                incident={incident}
                size="large"
                pending={acknowledging}
                onAcknowledge={acknowledge}
              />
            </div>
          ) : null}
        </>
      ) : null}
    </>
  );
}

function HeaderFacts({ incident }: { incident: IncidentDetailDto }) {
  const [first] = incident.acknowledgements;
  const by = incident.status === "acknowledged" && first ? `Acknowledged by ${first.name}` : undefined;
  return (
    <>
      <StatusBadge status={shownStatus(incident)} {...(by && !incident.snoozedUntil ? { label: by } : {})} />
      {incident.priority ? (
        <PriorityBadge level={priorityLevel(incident.priority.rank)} name={incident.priority.name} />
      ) : null}
      <UrgencyIcon urgency={incident.urgency} labelled />
      <span className="tabular">#{incident.number}</span>
      <TextLink tone="quiet" href={`/services/${incident.service.slug}`}>
        {incident.service.name}
      </TextLink>
      {incident.team ? <span>{incident.team.name}</span> : null}
      <span>
        opened {/* Of one that is in hand the clock beside it says how long. */}
        <Time at={incident.createdAt} format={incident.status === "triggered" ? "list" : "date-time"} />
      </span>
      <span className="tabular">
        <IncidentClock incident={incident} />
      </span>
    </>
  );
}

type Actions = Record<"acknowledge" | "resolve" | "reassign" | "escalate" | "snooze" | "edit", () => void>;

function useIncidentCommands(incident: IncidentDetailDto, canRespond: boolean, actions: Actions): void {
  const section = "This incident";
  const command = (id: keyof Actions, title: string, keys?: string): Command => ({
    id: `incident.${id}`,
    title,
    section,
    ...(keys ? { keys } : {}),
    perform: () => actions[id](),
  });
  const open = incident.status !== "resolved";
  useCommands(
    canRespond
      ? [
          ...(incident.status === "triggered" ? [command("acknowledge", "Acknowledge", "a")] : []),
          ...(open
            ? [
                command("resolve", "Resolve", "r"),
                command("escalate", "Escalate to the next level", "e"),
                command("reassign", "Reassign", "w"),
                command("snooze", "Snooze for an hour", "s"),
              ]
            : []),
          command("edit", "Edit title, priority and times"),
          {
            id: "incident.note",
            title: "Add a note",
            section,
            keys: "n",
            perform: () => document.querySelector<HTMLElement>("[data-note]")?.focus(),
          },
        ]
      : [],
  );
}
