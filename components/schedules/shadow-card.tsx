"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { ShadowForm } from "#components/schedules/shadow-form";
import { useCoverAction } from "#components/schedules/use-cover-action";
import type { PersonChoice } from "#components/schedules/override-dialog";
import { Time } from "#components/time/time";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { Dialog } from "#components/ui/dialog";
import { IconButton } from "#components/ui/icon-button";
import { PersonChip } from "#components/ui/person-chip";
import { removeShadow } from "#lib/on-call/client";
import type { Shadows } from "#lib/on-call/client";

interface ShadowCardProps {
  schedule: { id: string; name: string; timeZone: string };
  shadows: Shadows["shadows"];
  people: readonly PersonChoice[];
  viewerId: string;
  /** May name others than themselves. */
  canConfigure: boolean;
  proposal: { fromLocal: string; untilLocal: string };
}

/** Who follows the shifts of this schedule to learn. */
export function ShadowCard({ schedule, shadows, people, viewerId, canConfigure, proposal }: ShadowCardProps) {
  const [open, setOpen] = useState(false);
  return (
    <Card
      title="Shadows"
      subtitle="They follow shifts to learn, and are never on call themselves."
      actions={
        <Dialog
          open={open}
          onOpenChange={setOpen}
          title="Follow shifts"
          description={schedule.name}
          trigger={<Button size="small">Add shadow…</Button>}
        >
          <ShadowForm
            schedule={schedule}
            people={people}
            viewerId={viewerId}
            canConfigure={canConfigure}
            initial={proposal}
            onDone={() => setOpen(false)}
          />
        </Dialog>
      }
    >
      {shadows.length === 0 ? (
        <p className="text-text-2">Nobody follows these shifts.</p>
      ) : (
        <ul className="flex flex-col divide-y">
          {shadows.map((shadow) => (
            <Shadow
              key={shadow.id}
              scheduleId={schedule.id}
              shadow={shadow}
              canRemove={canConfigure || shadow.user.id === viewerId}
            />
          ))}
        </ul>
      )}
    </Card>
  );
}

interface ShadowProps {
  scheduleId: string;
  shadow: Shadows["shadows"][number];
  canRemove: boolean;
}

function Shadow({ scheduleId, shadow, canRemove }: ShadowProps) {
  const { id, user, follows, startsAt, endsAt } = shadow;
  const remove = useCoverAction(async () => {
    await removeShadow(scheduleId, id);
    return `${user.name} no longer follows.`;
  });
  return (
    <li className="flex items-center justify-between gap-2 py-2">
      <span className="flex min-w-0 flex-col">
        <span className="flex flex-wrap items-center gap-x-1.5">
          <PersonChip person={user} /> follows {follows === null ? "whoever is on call" : follows.name}
        </span>
        <span className="text-meta text-text-3">
          <Time at={startsAt} format="date-time" /> – <Time at={endsAt} format="date-time" />
        </span>
      </span>
      {canRemove ? (
        <IconButton
          size="small"
          name={`Remove shadow ${user.name}`}
          icon={<X aria-hidden />}
          onClick={() => remove.mutate(undefined)}
        />
      ) : null}
    </li>
  );
}
