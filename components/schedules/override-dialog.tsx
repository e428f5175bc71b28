"use client";

import { useState } from "react";
import { RemoveOverride } from "#components/schedules/remove-override";
import { ShiftWays } from "#components/schedules/shift-ways";
import { Dialog } from "#components/ui/dialog";
import type { BoardItem } from "#lib/on-call/board";
import { zoneCity } from "#lib/time/format";

export type PersonChoice = { id: string; name: string };

/** What the dialog starts from: a shift, an override or a gap, or nothing in particular. */
export type OverrideSubject = Pick<
  BoardItem,
  "kind" | "person" | "span" | "source" | "overrideId" | "start" | "end"
> & {
  fromLocal: string;
  untilLocal: string;
  isOver: boolean;
  /** What has begun is overridden from now on, but covered from a while ahead: others must have time to answer. */
  cover: { fromLocal: string; untilLocal: string };
  /** It has begun, or has no end: it can't be swapped as a whole. */
  isRunning: boolean;
};

interface OverrideDialogProps {
  schedule: { id: string; name: string; timeZone: string };
  people: readonly PersonChoice[];
  viewerId: string | null;
  /** The zone that the board's times are in. */
  zone: string;
  /** Null: closed. */
  subject: OverrideSubject | null;
  onClose: () => void;
}

/** Puts somebody over what the layers say, for all or part of a shift, or takes an override away. */
export function OverrideDialog({ schedule, people, viewerId, zone, subject, onClose }: OverrideDialogProps) {
  // What it was about stays until the dialog has closed.
  const [shown, setShown] = useState(subject);
  if (subject !== null && subject !== shown) setShown(subject);
  return (
    <Dialog
      open={subject !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={shown === null ? "Override" : titleOf(shown)}
      description={
        shown === null || shown.span === ""
          ? schedule.name
          : `${shown.span} (${zoneCity(zone)}) · ${shown.source}`
      }
    >
      {shown === null ? null : (
        <div className="flex flex-col gap-4">
          {shown.overrideId === null || shown.isOver ? null : (
            <RemoveOverride scheduleId={schedule.id} overrideId={shown.overrideId} onDone={onClose} />
          )}
          {shown.isOver ? (
            <p className="text-body text-text-2">This is over, and the past can’t be changed.</p>
          ) : (
            <ShiftWays
              key={`${shown.fromLocal} ${shown.untilLocal}`}
              schedule={schedule}
              people={people}
              viewerId={viewerId}
              zone={zone}
              subject={shown}
              onDone={onClose}
            />
          )}
        </div>
      )}
    </Dialog>
  );
}

function titleOf({ kind, person, span }: OverrideSubject): string {
  if (kind === "gap") return "Fill gap";
  if (span === "") return "Override";
  return person === null ? "Override" : `${person.name} is on call`;
}
