"use client";

import { useState } from "react";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Select } from "#components/ui/select";

interface ReassignDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  people: readonly { id: string; name: string }[];
  pending: boolean;
  onReassign: (userIds: string[]) => void;
}

/** Hands the incident to one person, who is paged at once. */
export function ReassignDialog({ open, onOpenChange, people, pending, onReassign }: ReassignDialogProps) {
  const [userId, setUserId] = useState("");
  return (
    <Dialog
      title="Reassign the incident"
      open={open}
      onOpenChange={onOpenChange}
      size="small"
      footer={
        <Button
          variant="primary"
          disabled={userId === ""}
          pending={pending}
          pendingLabel="Reassigning…"
          onClick={() => onReassign([userId])}
        >
          Reassign and page
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <Field label="To whom?">
          {(control) => (
            <Select {...control} value={userId} onChange={(event) => setUserId(event.target.value)}>
              <option value="">Choose a person</option>
              {people.map((person) => (
                <option key={person.id} value={person.id}>
                  {person.name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Callout tone="info" title="Only this person is paged.">
          If they don't acknowledge in time, the escalation policy takes over from its first level.
        </Callout>
      </div>
    </Dialog>
  );
}
