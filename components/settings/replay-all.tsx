"use client";

import { RotateCcw } from "lucide-react";
import { useState } from "react";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { replayAllIntakeErrors } from "#lib/events/client";

/** Reads everything that is still to do once more. */
export function ReplayAll() {
  const [open, setOpen] = useState(false);
  const replay = useChange({
    change: replayAllIntakeErrors,
    done: ({ tried, understood, accepted }) =>
      `${understood} of ${tried} understood, ${accepted} ${accepted === 1 ? "event" : "events"} accepted`,
    failed: "Not all were replayed",
    onDone: () => setOpen(false),
  });
  return (
    <>
      <Button icon={<RotateCcw aria-hidden />} onClick={() => setOpen(true)}>
        Replay all
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title="Replay everything that is left?"
        confirmLabel="Replay all"
        pending={replay.isPending}
        onConfirm={() => replay.mutate()}
      >
        Each is read again, the way its format is read today. What can be read is processed like any other
        event, and may page people now; the rest stays here.
      </ConfirmDialog>
    </>
  );
}
