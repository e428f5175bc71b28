"use client";

import { useState } from "react";
import { CoverForm } from "#components/schedules/cover-form";
import { useViewer } from "#components/time/viewer";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { formatDayTime, zoneCity } from "#lib/time/format";

interface CoverDialogProps {
  schedule: { id: string; name: string; timeZone: string };
  viewerId: string;
  initial: { fromLocal: string; untilLocal: string };
}

/** A button that asks for cover for one shift. */
export function CoverDialog({ schedule, viewerId, initial }: CoverDialogProps) {
  const [open, setOpen] = useState(false);
  // A clock time of the schedule's zone: read as if it were one of UTC, it is written as it stands.
  const viewer = useViewer();
  const from = formatDayTime(Date.parse(`${initial.fromLocal}Z`), { ...viewer, timeZone: "Etc/UTC" });
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title="Request cover"
      description={`${schedule.name}, from ${from} (${zoneCity(schedule.timeZone)})`}
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
