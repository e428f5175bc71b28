"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { Send } from "lucide-react";
import { useState } from "react";
import { useIncidentAction } from "#components/incidents/use-incident-action";
import { HopSteps, type Hop } from "#components/people/hop-steps";
import { TraceSteps } from "#components/services/trace-steps";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Dialog } from "#components/ui/dialog";
import { ButtonLink, TextLink } from "#components/ui/link";
import { integrationEventsOptions, sendTestEvent } from "#lib/events/client";
import type { ReceivedEvent } from "#lib/events/client";
import { incidentOptions, pagesOptions } from "#lib/incidents/client";
import type { PageDto } from "#lib/incidents/schemas";
import { CHANNEL_NAMES } from "#lib/notifications/capability";
import type { Integration } from "#lib/services/client";

const POLL_MS = 1000;

interface TestEventDialogProps {
  integration: Pick<Integration, "id" | "name" | "serviceName">;
  /** Why it can't be sent now. */
  disabledReason?: string;
}

/** Sends a critical event the whole real way and shows what becomes of it, as it happens. */
export function TestEventDialog({ integration, disabledReason }: TestEventDialogProps) {
  const [open, setOpen] = useState(false);
  const send = useMutation({ mutationFn: () => sendTestEvent(integration.id) });
  const onOpenChange = (next: boolean) => {
    setOpen(next);
    if (!next) send.reset();
  };
  return (
    <Dialog
      title="Send a test event"
      description={`${integration.serviceName}, ${integration.name}`}
      open={open}
      onOpenChange={onOpenChange}
      trigger={
        <Button
          size="small"
          icon={<Send aria-hidden />}
          disabled={disabledReason !== undefined}
          title={disabledReason}
        >
          Send test event
        </Button>
      }
    >
      {send.data ? (
        <TestProgress integrationId={integration.id} dedupKey={send.data.dedupKey} />
      ) : (
        <div className="flex flex-col gap-4">
          {send.error ? <Callout tone="danger" title={`Not sent: ${send.error.message}`} /> : null}
          <p className="text-body text-text-2">
            It goes all the way: it opens an incident titled “Test of {integration.serviceName}” and pages
            whoever is on call now. You can resolve it here.
          </p>
          <Button
            variant="primary"
            className="self-start"
            pending={send.isPending}
            pendingLabel="Sending…"
            onClick={() => send.mutate()}
          >
            Send and page on-call
          </Button>
        </div>
      )}
    </Dialog>
  );
}

function TestProgress({ integrationId, dedupKey }: { integrationId: string; dedupKey: string }) {
  const events = useQuery({
    ...integrationEventsOptions(integrationId),
    refetchInterval: (query) => (isProcessed(find(query.state.data?.events, dedupKey)) ? false : POLL_MS),
  });
  const event = find(events.data?.events, dedupKey);
  const incidentId = event?.incident?.id ?? null;
  const pages = useQuery({
    ...pagesOptions(incidentId ?? ""),
    enabled: incidentId !== null,
    refetchInterval: POLL_MS,
  });
  return (
    <div className="flex flex-col gap-4" aria-live="polite">
      <HopSteps hops={hopsOf(event, pages.data)} />
      {event && event.trace.length > 0 ? <TraceSteps trace={event.trace} label="Decisions" /> : null}
      {event?.incident ? <TestIncident incident={event.incident} /> : null}
    </div>
  );
}

function find(events: readonly ReceivedEvent[] | undefined, dedupKey: string): ReceivedEvent | undefined {
  return events?.find((event) => event.dedupKey === dedupKey);
}

function isProcessed(event: ReceivedEvent | undefined): boolean {
  return event?.processedAt != null;
}

function hopsOf(event: ReceivedEvent | undefined, pages: readonly PageDto[] | undefined): Hop[] {
  const { incident = null, processedAt = null } = event ?? {};
  const opened: Hop = incident
    ? { state: "done", label: <IncidentLink incident={incident} />, at: processedAt }
    : processedAt === null
      ? { state: "waiting", label: "Processed by the engine" }
      : { state: "failed", label: "It opened no incident", at: processedAt };
  return [
    { state: "done", label: "Received and stored", at: event?.receivedAt ?? null },
    opened,
    ...(incident ? pageHops(pages) : []),
  ];
}

function pageHops(pages: readonly PageDto[] | undefined): Hop[] {
  if (!pages || pages.length === 0) return [{ state: "waiting", label: "Finding who is on call" }];
  return pages.flatMap((page) => [
    { state: "done", label: `${page.user.name} is paged`, at: page.createdAt },
    ...page.deliveries.map((delivery): Hop => {
      const last = delivery.states.at(-1);
      const isOver = ["accepted", "delivered", "acted"].includes(delivery.state);
      return {
        state: delivery.state === "failed" ? "failed" : isOver ? "done" : "waiting",
        label: `${CHANNEL_NAMES[delivery.channel]} to ${delivery.address}: ${delivery.state}`,
        at: last?.at ?? null,
        detail: delivery.lastError,
      };
    }),
  ]);
}

type IncidentRef = NonNullable<ReceivedEvent["incident"]>;

function IncidentLink({ incident }: { incident: IncidentRef }) {
  return (
    <>
      Opened <TextLink href={`/incidents/${incident.number}`}>#{incident.number}</TextLink> {incident.title}
    </>
  );
}

function TestIncident({ incident }: { incident: IncidentRef }) {
  const { data } = useQuery({ ...incidentOptions(incident.id), refetchInterval: 2 * POLL_MS });
  const action = useIncidentAction();
  return (
    <div className="flex flex-wrap gap-2 border-t pt-4">
      {data?.status === "resolved" ? (
        <p className="text-body text-text-2">The test incident is resolved.</p>
      ) : (
        <>
          <Button
            variant="primary"
            pending={action.isPending}
            pendingLabel="Resolving…"
            onClick={() =>
              action.mutate({ action: "resolve", incidentIds: [incident.id], resolution: "A test" })
            }
          >
            Resolve the test incident
          </Button>
          <ButtonLink href={`/incidents/${incident.number}`}>Open it</ButtonLink>
        </>
      )}
    </div>
  );
}
