"use client";

import { useState } from "react";
import { useIncidentAction } from "#components/incidents/use-incident-action";
import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/confirm-dialog";

interface MergeStormProps {
  target: { id: string; number: number };
  incidentIds: readonly string[];
}

/** Puts what opened before a storm was noticed onto the incident that holds the storm. */
export function MergeStorm({ target, incidentIds }: MergeStormProps) {
  const [open, setOpen] = useState(false);
  const merge = useIncidentAction({ onDone: () => setOpen(false) });
  const count = incidentIds.length;
  const what = count === 1 ? "1 incident" : `${count} incidents`;
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="small">
          Merge {count} into #{target.number}
        </Button>
      }
      title={`Merge ${what} into #${target.number}?`}
      confirmLabel={`Merge ${what}`}
      pending={merge.isPending}
      onConfirm={() => merge.mutate({ action: "merge", incidentIds: [...incidentIds], targetId: target.id })}
    >
      {count === 1 ? "It" : "They"} opened within 20 minutes before the storm was noticed, or since.{" "}
      {count === 1 ? "Its" : "Their"} alerts move to #{target.number}, nobody is paged for{" "}
      {count === 1 ? "it" : "them"} any more, and {count === 1 ? "its page leads" : "their pages lead"} there.
      A merge can’t be undone.
    </ConfirmDialog>
  );
}
