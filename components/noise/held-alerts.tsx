"use client";

import { AlertSeverityLabel } from "#components/incidents/alert-severity";
import { useChange } from "#components/settings/use-change";
import { Time } from "#components/time/time";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { openHeldAlert } from "#lib/noise/client";
import type { Held, Outcomes } from "#lib/noise/client";

const BY: Record<Outcomes[number]["by"], string> = {
  rules: "by rules",
  auto_pause: "as transient",
  flapping: "as flapping",
  maintenance: "by maintenance",
};

interface HeldAlertsProps {
  held: readonly Held[];
  outcomes: Outcomes;
  canRespond: boolean;
}

/** What fires and pages nobody for now, and what became of such alerts before. */
export function HeldAlerts({ held, outcomes, canRespond }: HeldAlertsProps) {
  return (
    <Card
      title="Held back now"
      subtitle="These alerts fire and have no incident"
      footer={
        outcomes.length === 0
          ? "Nothing was paused in the last 30 days."
          : `In the last 30 days: ${outcomes.map(outcomeWords).join("; ")}.`
      }
    >
      {held.length === 0 ? (
        <p className="text-body text-text-2">Nothing is held back.</p>
      ) : (
        <ul className="flex flex-col gap-3">
          {held.map((alert) => (
            <HeldRow key={alert.id} alert={alert} canRespond={canRespond} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function outcomeWords({ by, paused, over, opened }: Outcomes[number]): string {
  return `${paused} paused ${BY[by]}, of which ${over} ended without anybody being told and ${opened} opened an incident`;
}

function HeldRow({ alert, canRespond }: { alert: Held; canRespond: boolean }) {
  const open = useChange({
    change: () => openHeldAlert(alert.id),
    done: "Incident opened",
    failed: "Not opened",
  });
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2">
      <div className="min-w-60 flex-1">
        <p className="flex flex-wrap items-center gap-2 text-body font-medium">
          <AlertSeverityLabel severity={alert.severity} />
          <bdi>{alert.summary}</bdi>
        </p>
        <p className="text-table text-text-2">{alert.because}</p>
        <p className="text-meta text-text-3">
          Since <Time at={alert.createdAt} format="date-time" />
          {alert.until === null ? (
            ", suppressed: it opens nothing by itself"
          ) : (
            <>
              ; opens by itself at <Time at={alert.until} format="date-time" />
            </>
          )}
        </p>
      </div>
      {canRespond ? (
        <Button size="small" pending={open.isPending} pendingLabel="Opening…" onClick={() => open.mutate()}>
          Open an incident now
        </Button>
      ) : null}
    </li>
  );
}
