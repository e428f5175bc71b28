"use client";

import { useState } from "react";
import { CoverForm } from "#components/schedules/cover-form";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";

interface CoverDialogProps {
  schedule: { id: string; name: string; timeZone: string };
  viewerId: string;
  initial: { fromLocal: string; untilLocal: string };
}

/** A button that asks for cover for one shift. */
export function CoverDialog({ schedule, viewerId, initial }: CoverDialogProps) {
  const [open, setOpen] = useState(false);
  const from = initial.fromLocal.replace("T", " ");
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title="Request cover"
      description={`${schedule.name}, from ${from}`}
      trigger={
        <Button size="small" aria-label={`Request cover in ${schedule.name} from ${from}`}>
          Request cover
        </Button>
      }
    >
      <CoverForm schedule={schedule} viewerId={viewerId} initial={initial} onDone={() => setOpen(false)} />
    </Dialog>
  );
}
