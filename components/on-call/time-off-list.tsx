"use client";

import { CalendarDays, X } from "lucide-react";
import { useState } from "react";
import { useTimeOffAction } from "#components/on-call/use-time-off-action";
import { Time } from "#components/time/time";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { Field } from "#components/ui/field";
import { IconButton } from "#components/ui/icon-button";
import { Input } from "#components/ui/input";
import { fieldErrors } from "#lib/browser/api";
import { addTimeOff, removeTimeOff } from "#lib/on-call/client";
import type { TimeOff } from "#lib/on-call/client";

/** When the viewer is away, and a form for more of it. */
export function TimeOffList({ entries }: { entries: TimeOff["entries"] }) {
  return (
    <Card
      title="Time off"
      subtitle="Whole days, in your time zone. It warns of shifts; it takes you off none."
    >
      {entries.length === 0 ? (
        <p className="text-body text-text-2">No time off is known.</p>
      ) : (
        <ul className="flex flex-col divide-y">
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ul>
      )}
      <AddForm />
    </Card>
  );
}

function Entry({ entry }: { entry: TimeOff["entries"][number] }) {
  const { id, startsAt, endsAt, note, fromCalendar } = entry;
  const remove = useTimeOffAction(() => removeTimeOff(id), "Time off removed.");
  return (
    <li className="flex items-center justify-between gap-3 py-2">
      <span className="flex min-w-0 flex-col">
        <span className="text-body">
          <Time at={startsAt} format="date-time" /> – <Time at={endsAt} format="date-time" />
        </span>
        {note === null && !fromCalendar ? null : (
          <span className="flex items-center gap-1.5 text-meta text-text-3">
            {fromCalendar ? <CalendarDays aria-label="From your calendar" className="size-3.5" /> : null}
            <span className="truncate">{note ?? "From your calendar"}</span>
          </span>
        )}
      </span>
      {fromCalendar ? null : (
        <IconButton
          size="small"
          name={`Remove time off ${note ?? ""}`.trim()}
          icon={<X aria-hidden />}
          onClick={() => remove.mutate(undefined)}
        />
      )}
    </li>
  );
}

const NOTHING = { firstDay: "", lastDay: "", note: "" };

function AddForm() {
  const [form, setForm] = useState(NOTHING);
  const add = useTimeOffAction(addTimeOff, "Time off noted.", () => setForm(NOTHING));
  const set = (change: Partial<typeof NOTHING>) => setForm({ ...form, ...change });
  return (
    <form
      className="mt-3 grid gap-3 border-t pt-3 sm:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate({ ...form, lastDay: form.lastDay || form.firstDay });
      }}
    >
      <Field label="First day away" errors={fieldErrors(add.error, "firstDay")}>
        {(control) => (
          <Input
            {...control}
            type="date"
            required
            value={form.firstDay}
            onChange={(event) => set({ firstDay: event.target.value })}
          />
        )}
      </Field>
      <Field label="Last day away" errors={fieldErrors(add.error, "lastDay")}>
        {(control) => (
          <Input
            {...control}
            type="date"
            min={form.firstDay}
            value={form.lastDay}
            onChange={(event) => set({ lastDay: event.target.value })}
          />
        )}
      </Field>
      <Field label="Note" optional className="sm:col-span-2" errors={fieldErrors(add.error, "note")}>
        {(control) => (
          <Input
            {...control}
            maxLength={255}
            value={form.note}
            onChange={(event) => set({ note: event.target.value })}
          />
        )}
      </Field>
      <Button type="submit" className="justify-self-start" pending={add.isPending} pendingLabel="Saving…">
        Add time off
      </Button>
    </form>
  );
}
