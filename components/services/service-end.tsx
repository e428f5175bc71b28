"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { deleteService, switchService } from "#lib/services/client";
import type { Service } from "#lib/services/client";

/** Switches a service off for a while, or takes it out of the catalogue. */
export function ServiceEnd({ service }: { service: Service }) {
  const router = useRouter();
  const [open, setOpen] = useState<"disable" | "delete" | null>(null);
  const isDisabled = service.disabledAt !== null;
  const onOpenChange = (next: boolean) => {
    if (!next) setOpen(null);
  };
  const toggle = useChange({
    change: () => switchService(service.id, isDisabled),
    done: isDisabled ? "Service enabled: its events page again" : "Service disabled: its events page nobody",
    failed: isDisabled ? "Service not enabled" : "Service not disabled",
    onDone: () => setOpen(null),
  });
  const remove = useChange({
    change: () => deleteService(service.id),
    done: `${service.name} deleted`,
    failed: "Service not deleted",
    onDone: () => router.push("/services"),
  });
  const count = service.openIncidents.triggered + service.openIncidents.acknowledged;
  return (
    <Card title="Disable or delete">
      <div className="flex flex-col divide-y">
        <Row
          title={isDisabled ? "Enable the service" : "Disable the service"}
          text={
            isDisabled
              ? "Its events open incidents and page people again."
              : "Its events are kept but open no incident. Open incidents go on."
          }
        >
          <Button
            pending={toggle.isPending}
            pendingLabel="Enabling…"
            onClick={() => (isDisabled ? toggle.mutate() : setOpen("disable"))}
          >
            {isDisabled ? "Enable" : "Disable…"}
          </Button>
        </Row>
        <Row
          title="Delete the service"
          text="Its keys stop working for good. Its incidents stay in the history."
        >
          <Button variant="danger" onClick={() => setOpen("delete")}>
            Delete…
          </Button>
        </Row>
      </div>
      <ConfirmDialog
        open={open === "disable"}
        onOpenChange={onOpenChange}
        title={`Disable ${service.name}?`}
        confirmLabel="Disable the service"
        danger
        pending={toggle.isPending}
        onConfirm={() => toggle.mutate()}
      >
        From now on nobody is paged about it, whatever its monitors send, until somebody enables it again.
      </ConfirmDialog>
      <ConfirmDialog
        open={open === "delete"}
        onOpenChange={onOpenChange}
        title={`Delete ${service.name}?`}
        confirmLabel="Delete the service"
        danger
        typed={service.name}
        pending={remove.isPending}
        onConfirm={() => remove.mutate()}
      >
        {service.integrations.length === 0
          ? "It leaves the catalogue and can't come back."
          : `It leaves the catalogue and can't come back. ${service.integrations.length === 1 ? "Its key stops" : `Its ${service.integrations.length} keys stop`} working at once.`}{" "}
        {count === 0 ? "" : `${count} open ${count === 1 ? "incident stays" : "incidents stay"} open.`}
      </ConfirmDialog>
    </Card>
  );
}

function Row({ title, text, children }: { title: string; text: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2 py-3 first:pt-0 last:pb-0">
      <div className="min-w-60 flex-1">
        <p className="text-body font-medium">{title}</p>
        <p className="text-table text-text-2">{text}</p>
      </div>
      {children}
    </div>
  );
}
