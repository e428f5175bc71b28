"use client";

import { useState } from "react";
import { CoverForm } from "#components/schedules/cover-form";
import type { OverrideSubject, PersonChoice } from "#components/schedules/override-dialog";
import { OverrideForm } from "#components/schedules/override-form";
import { SwapForm } from "#components/schedules/swap-form";
import { RadioGroup } from "#components/ui/radio-group";

type Way = "override" | "cover" | "swap";
const WAYS: Record<Way, string> = {
  override: "Override",
  cover: "Request cover",
  swap: "Swap with…",
};

interface ShiftWaysProps {
  schedule: { id: string; name: string; timeZone: string };
  people: readonly PersonChoice[];
  viewerId: string | null;
  zone: string;
  subject: OverrideSubject;
  onDone: () => void;
}

/** What can be done about a shift: an override takes effect at once, the others ask somebody first. */
export function ShiftWays({ schedule, people, viewerId, zone, subject, onDone }: ShiftWaysProps) {
  const [way, setWay] = useState<Way>("override");
  const ways = waysFor(subject, viewerId);
  return (
    <>
      {ways.length === 1 ? null : (
        <RadioGroup
          legend="What should happen?"
          name="way"
          className="flex-row flex-wrap gap-x-5"
          value={way}
          onValueChange={setWay}
          options={ways.map((value) => ({ value, label: WAYS[value] }))}
        />
      )}
      {way === "override" ? (
        <OverrideForm
          schedule={schedule}
          people={people}
          viewerId={viewerId}
          subject={subject}
          onDone={onDone}
        />
      ) : null}
      {way === "cover" && viewerId !== null ? (
        <CoverForm schedule={schedule} viewerId={viewerId} initial={subject.cover} onDone={onDone} />
      ) : null}
      {way === "swap" && viewerId !== null && subject.person !== null ? (
        <SwapForm
          schedule={schedule}
          viewerId={viewerId}
          zone={zone}
          shift={{ personId: subject.person.id, start: subject.start, end: subject.end }}
          onDone={onDone}
        />
      ) : null}
    </>
  );
}

function waysFor({ person, isRunning }: OverrideSubject, viewerId: string | null): Way[] {
  if (viewerId === null || person === null) return ["override"];
  const isOwn = person.id === viewerId;
  return ["override", ...(isOwn ? (["cover"] as const) : []), ...(isRunning ? [] : (["swap"] as const))];
}
