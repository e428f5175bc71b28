"use client";

import { useState } from "react";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { removeServiceLevel } from "#lib/service-levels/client";

export function RemoveLevel({ level }: { level: { id: string; name: string } }) {
  const [asking, setAsking] = useState(false);
  const remove = useChange({
    change: () => removeServiceLevel(level.id),
    done: `${level.name} removed`,
    failed: "Not removed",
    onDone: () => setAsking(false),
  });
  return (
    <>
      <Button size="small" onClick={() => setAsking(true)}>
        Remove…
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Remove ${level.name}?`}
        confirmLabel="Remove it"
        danger
        pending={remove.isPending}
        onConfirm={() => remove.mutate()}
      >
        Incidents no longer show it, and reports no longer count it.
      </ConfirmDialog>
    </>
  );
}
