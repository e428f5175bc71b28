"use client";

import { Card } from "#components/ui/card";
import { PersonChip } from "#components/ui/person-chip";
import type { Preview } from "#lib/on-call/client";

type Difference = Extract<Preview, { kind: "preview" }>["difference"];

/** Whose shifts change against what is in force: "Ben: +2 shifts, −1 shift". */
export function DraftDifference({ difference, title }: { difference: Difference; title: string }) {
  return (
    <Card title="Against what is in force" subtitle={title}>
      {difference.people.length === 0 ? (
        <p className="text-body text-text-2">Nobody’s shifts change in this time.</p>
      ) : (
        <ul className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
          {difference.people.map(({ user, shiftsGained, shiftsLost, shiftsMoved, hoursChanged }) => (
            <li key={user.id} className="flex flex-wrap items-center justify-between gap-x-3">
              <PersonChip person={user} />
              <span className="tabular text-table text-text-2">
                {[
                  shiftsGained > 0 ? `+${counted(shiftsGained)}` : "",
                  shiftsLost > 0 ? `−${counted(shiftsLost)}` : "",
                  shiftsMoved > 0 ? `${counted(shiftsMoved)} moved` : "",
                ]
                  .filter(Boolean)
                  .join(", ")}
                <span className="text-text-3"> ({hours(hoursChanged)})</span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function counted(shifts: number): string {
  return shifts === 1 ? "1 shift" : `${shifts} shifts`;
}

function hours(change: number): string {
  const rounded = Math.round(change);
  if (rounded === 0) return "same hours";
  return rounded > 0 ? `+${rounded} h` : `−${Math.abs(rounded)} h`;
}
