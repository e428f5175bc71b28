"use client";

import { Plus, Wrench } from "lucide-react";
import { useState } from "react";
import { MaintenanceForm } from "#components/noise/maintenance-form";
import { useChange } from "#components/settings/use-change";
import { Time } from "#components/time/time";
import { Badge } from "#components/ui/badge";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { TextLink } from "#components/ui/link";
import { cancelMaintenance, endMaintenance, extendMaintenance } from "#lib/noise/client";
import type { Maintenance } from "#lib/noise/client";

interface MaintenanceListProps {
  windows: readonly Maintenance[];
  services: readonly { id: string; name: string }[];
  canRespond: boolean;
}

const TITLES = { running: "Running now", planned: "Planned", over: "In the last 30 days" };

export function MaintenanceList({ windows, services, canRespond }: MaintenanceListProps) {
  const [planning, setPlanning] = useState(false);
  const states = (["running", "planned", "over"] as const).filter((state) =>
    windows.some((window) => window.state === state),
  );
  return (
    <div className="flex flex-col gap-4">
      {canRespond && !planning ? (
        <Button icon={<Plus aria-hidden />} className="self-start" onClick={() => setPlanning(true)}>
          New window
        </Button>
      ) : null}
      {planning ? <MaintenanceForm services={services} onClose={() => setPlanning(false)} /> : null}
      {windows.length === 0 && !planning ? (
        <EmptyState kind="first-use" title="No maintenance is planned.">
          Plan it before you work on something that will alert: nobody is paged meanwhile, and nothing is
          lost.
        </EmptyState>
      ) : null}
      {states.map((state) => (
        <Card key={state} title={TITLES[state]} flush>
          <ul>
            {windows
              .filter((window) => window.state === state)
              .map((window) => (
                <WindowRow key={window.id} window={window} canRespond={canRespond} />
              ))}
          </ul>
        </Card>
      ))}
    </div>
  );
}

function WindowRow({ window, canRespond }: { window: Maintenance; canRespond: boolean }) {
  const { label, repeats, state } = window;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 border-b px-4 py-3 last:border-b-0">
      <div className="min-w-60 flex-1">
        <p className="flex flex-wrap items-center gap-2 text-body font-medium">
          <Wrench aria-hidden className="size-4 text-text-3" />
          <bdi>{window.summary}</bdi>
          {state === "running" && window.held > 0 ? (
            <Badge hue="amber" form="outline">
              {window.held} held
            </Badge>
          ) : null}
        </p>
        <p className="text-table text-text-2">
          <Time at={window.startsAt} format="date-time" /> to <Time at={window.endsAt} format="date-time" />
          {repeats === "never" ? null : `, ${repeats} by the clocks of ${window.timeZone}`}
          {window.lastsUntil === null ? null : (
            <>
              {" "}
              until <Time at={window.lastsUntil} format="date-time" />
            </>
          )}
        </p>
        <p className="flex flex-wrap gap-x-3 text-table">
          {window.services.map((service) => (
            <TextLink key={service.id} href={`/services/${service.slug}`}>
              {service.name}
            </TextLink>
          ))}
          {label === null ? null : (
            <span className="text-text-3">
              only where {label.field} is “{label.value}”
            </span>
          )}
        </p>
      </div>
      {canRespond && state !== "over" ? <WindowActions window={window} /> : null}
    </li>
  );
}

function WindowActions({ window }: { window: Maintenance }) {
  const { id, state, repeats } = window;
  const end = useChange({ change: () => endMaintenance(id), done: "Maintenance ended", failed: "Not ended" });
  const extend = useChange({
    change: () => extendMaintenance(id, 30),
    done: "30 minutes longer",
    failed: "Not made longer",
  });
  const cancel = useChange({
    change: () => cancelMaintenance(id),
    done: repeats === "never" ? "Taken back" : "It doesn’t repeat any more",
    failed: "Not done",
  });
  return (
    <div className="flex flex-wrap gap-2">
      {state === "running" && repeats === "never" ? (
        <Button size="small" pending={extend.isPending} onClick={() => extend.mutate()}>
          30 min longer
        </Button>
      ) : null}
      {state === "running" ? (
        <Button size="small" pending={end.isPending} onClick={() => end.mutate()}>
          End now
        </Button>
      ) : null}
      {state === "planned" || repeats !== "never" ? (
        <Button size="small" pending={cancel.isPending} onClick={() => cancel.mutate()}>
          {repeats === "never" ? "Take back" : "Stop repeating"}
        </Button>
      ) : null}
    </div>
  );
}
