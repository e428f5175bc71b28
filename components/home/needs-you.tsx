"use client";

import { RowAcknowledge } from "#components/incidents/incident-list";
import { IncidentTable } from "#components/incidents/incident-table";
import { useIncidentAction } from "#components/incidents/use-incident-action";
import { useCommands } from "#components/layout/commands";
import { useAnnounce } from "#components/layout/announcer";
import { Card } from "#components/ui/card";
import { RowNavigation } from "#components/ui/row-navigation";
import type { IncidentRowDto } from "#lib/incidents/schemas";

interface NeedsYouProps {
  title: string;
  rows: readonly IncidentRowDto[];
  canRespond: boolean;
  /** `a` acknowledges the focused row, else the first that waits. */
  first: boolean;
}

/** Incidents with their acknowledge button; the row that waits longest is one key away. */
export function NeedsYou({ title, rows, canRespond, first }: NeedsYouProps) {
  const action = useIncidentAction();
  const announce = useAnnounce();
  const acknowledge = (incidentId: string) =>
    action.mutate({ action: "acknowledge", incidentIds: [incidentId] });
  useCommands(
    canRespond && first
      ? [
          {
            id: "home.acknowledge",
            title: "Acknowledge what needs you first",
            section: "Home",
            keys: "a",
            perform: () => {
              const focused = document.activeElement?.closest<HTMLElement>("[data-row]")?.dataset["row"];
              const waiting = rows.filter((row) => row.status === "triggered");
              const row = waiting.find(({ id }) => id === focused) ?? waiting[0];
              if (row) acknowledge(row.id);
              else announce("Nothing waits for you");
            },
          },
        ]
      : [],
  );
  return (
    <Card flush title={title}>
      <RowNavigation>
        <IncidentTable
          caption={title}
          rows={rows}
          compact
          beginsPage={first}
          {...(canRespond
            ? {
                action: (row: IncidentRowDto) => (
                  <RowAcknowledge
                    row={row}
                    pending={action.isPending && action.variables.incidentIds.includes(row.id)}
                    onAcknowledge={() => acknowledge(row.id)}
                  />
                ),
              }
            : {})}
        />
      </RowNavigation>
    </Card>
  );
}
