"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useCommands } from "#components/layout/commands";
import { useAnnounce } from "#components/layout/announcer";
import { BulkActions } from "#components/incidents/bulk-actions";
import { IncidentPeek } from "#components/incidents/incident-peek";
import { IncidentTable } from "#components/incidents/incident-table";
import { useIncidentAction } from "#components/incidents/use-incident-action";
import { useLiveChanges } from "#components/live/live-connection";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { ErrorState } from "#components/ui/error-state";
import { LoadMore } from "#components/ui/load-more";
import { PeekButton } from "#components/ui/peek-button";
import { ProgressLine } from "#components/ui/progress-line";
import { RowNavigation } from "#components/ui/row-navigation";
import { useRowSelection } from "#components/ui/row-selection";
import { usePeek } from "#components/ui/use-peek";
import { callApi } from "#lib/browser/api";
import type { IncidentListDto, IncidentRowDto } from "#lib/incidents/schemas";

interface IncidentListProps {
  caption: string;
  /** The list's query string, without cursor. */
  query: string;
  initial: IncidentListDto;
  canRespond: boolean;
  /** The number of the incident that is looked into at first. */
  peeked: string | null;
}

/** The live list: rows change in place; new ones wait behind a pill while pointer or focus is in the table. */
export function IncidentList({ caption, query, initial, canRespond, peeked }: IncidentListProps) {
  const list = useIncidentPages(query, initial);
  const area = useRef<HTMLDivElement>(null);
  const waiting = useWaitingChanges(area);
  const selection = useRowSelection(list.rows.map((row) => row.id));
  const action = useIncidentAction({ onDone: selection.clear });
  const peek = usePeek(list.rows, numberOf, peeked);
  const isPending = (row: IncidentRowDto) =>
    action.isPending && action.variables.incidentIds.includes(row.id);
  useListCommands(list.rows, selection.selected, canRespond, (incidentIds) =>
    action.mutate({ action: "acknowledge", incidentIds }),
  );
  return (
    <div ref={area} className="pb-16">
      <ProgressLine active={list.isFetching} />
      {waiting.count > 0 ? (
        <Button size="small" className="mb-2" onClick={waiting.show}>
          {waiting.count === 1 ? "1 change" : `${waiting.count} changes`} – show
        </Button>
      ) : null}
      {list.error ? (
        <ErrorState title="The list could not be brought up to date." onRetry={() => void list.refetch()}>
          What is shown below is from before.
        </ErrorState>
      ) : null}
      <Card flush>
        <RowNavigation>
          <IncidentTable
            caption={caption}
            rows={list.rows}
            {...(canRespond ? { selection } : {})}
            action={(row) => (
              <span className="inline-flex items-center gap-1">
                {canRespond ? (
                  <RowAcknowledge
                    row={row}
                    pending={isPending(row)}
                    onAcknowledge={() => action.mutate({ action: "acknowledge", incidentIds: [row.id] })}
                  />
                ) : null}
                <PeekButton name={`Look into #${row.number}`} onClick={() => peek.open(numberOf(row))} />
              </span>
            )}
          />
        </RowNavigation>
      </Card>
      <LoadMore
        shown={list.rows.length}
        total={list.total}
        noun="incidents"
        hasMore={list.hasNextPage}
        pending={list.isFetchingNextPage}
        onLoadMore={() => void list.fetchNextPage()}
      />
      <IncidentPeek
        peek={peek}
        canRespond={canRespond}
        pending={peek.row !== undefined && isPending(peek.row)}
        onAcknowledge={(incidentId) => action.mutate({ action: "acknowledge", incidentIds: [incidentId] })}
      />
      {canRespond ? (
        <BulkActions
          selection={selection}
          rows={list.rows}
          pending={action.isPending}
          onAct={action.mutate}
        />
      ) : null}
    </div>
  );
}

function numberOf({ number }: IncidentRowDto): string {
  return String(number);
}

function useIncidentPages(query: string, initial: IncidentListDto) {
  const pages = useInfiniteQuery({
    queryKey: ["incidents", "list", query],
    queryFn: ({ pageParam, signal }) =>
      callApi<IncidentListDto>(
        "GET",
        `/api/ui/incidents?${query}${pageParam ? `&cursor=${encodeURIComponent(pageParam)}` : ""}`,
        undefined,
        signal,
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.nextCursor,
    initialData: { pages: [initial], pageParams: [""] },
  });
  const rows = pages.data.pages.flatMap((page) => page.rows);
  return { ...pages, rows: distinct(rows), total: pages.data.pages[0]?.total ?? rows.length };
}

/** A row that moved between two pages while they were loaded is shown once. */
function distinct(rows: IncidentRowDto[]): IncidentRowDto[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}

/** Counts incident changes while the pointer or focus is inside, so that nothing moves under a finger; else reads at once. */
function useWaitingChanges(area: React.RefObject<HTMLDivElement | null>) {
  const queryClient = useQueryClient();
  const announce = useAnnounce();
  const [count, setCount] = useState(0);
  const read = () => {
    setCount(0);
    void queryClient.invalidateQueries({ queryKey: ["incidents", "list"] });
  };
  useLiveChanges((change) => {
    if (change !== "everything" && change.entityType !== "incident") return;
    const isNew = change !== "everything" && change.topic === "incident.triggered";
    const busy = area.current?.matches(":hover, :focus-within") ?? false;
    if (isNew && busy) {
      setCount((before) => before + 1);
      announce("A new incident waits above the list");
    } else {
      read();
    }
  });
  return { count, show: read };
}

/** `a` acknowledges what is selected, else the focused row; with neither it says what is missing. */
function useListCommands(
  rows: readonly IncidentRowDto[],
  selected: ReadonlySet<string>,
  canRespond: boolean,
  acknowledge: (incidentIds: string[]) => void,
) {
  const announce = useAnnounce();
  useCommands(
    canRespond
      ? [
          {
            id: "incidents.acknowledge",
            title: "Acknowledge selected incidents",
            section: "Incidents",
            keys: "a",
            keywords: ["ack", "take"],
            perform: () => {
              const focused = document.activeElement?.closest<HTMLElement>("[data-row]")?.dataset["row"];
              const ids = selected.size > 0 ? [...selected] : focused ? [focused] : [];
              const open = ids.filter((id) => rows.some((row) => row.id === id && row.status !== "resolved"));
              if (open.length > 0) acknowledge(open);
              else announce("Select an incident first");
            },
          },
        ]
      : [],
  );
}

interface RowAcknowledgeProps {
  row: IncidentRowDto;
  pending: boolean;
  onAcknowledge: () => void;
}

export function RowAcknowledge({ row, pending, onAcknowledge }: RowAcknowledgeProps) {
  if (row.status !== "triggered") return null;
  return (
    <Button
      size="small"
      pending={pending}
      pendingLabel="Acknowledging…"
      aria-label={pending ? `Acknowledging #${row.number}…` : `Acknowledge #${row.number}`}
      onClick={onAcknowledge}
    >
      Acknowledge
    </Button>
  );
}
