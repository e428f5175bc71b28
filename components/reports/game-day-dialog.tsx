"use client";

import { useState } from "react";
import { ChangeForm } from "#components/settings/change-form";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { fieldErrors } from "#lib/browser/api";
import { keepGameDay } from "#lib/reports/client";
import { GAME_LOAD_WORDS, GAME_LOADS } from "#lib/reports/game-day";
import type { GameLoad } from "#lib/reports/game-day";

type Draft = { name: string; load: GameLoad; startsAt: string; endsAt: string };

const FRESH: Draft = { name: "", load: "high", startsAt: "", endsAt: "" };

export function GameDayDialog() {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      title="New game day"
      open={open}
      onOpenChange={setOpen}
      trigger={<Button variant="primary">New game day</Button>}
    >
      <GameDayForm onDone={() => setOpen(false)} />
    </Dialog>
  );
}

function GameDayForm({ onDone }: { onDone: () => void }) {
  const [draft, setDraft] = useState(FRESH);
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const save = useChange({
    change: () => keepGameDay({ ...draft, startsAt: `${draft.startsAt}:00Z`, endsAt: `${draft.endsAt}:00Z` }),
    done: `${draft.name} added`,
    onDone,
  });
  const time = (key: "startsAt" | "endsAt", label: string) => (
    <Field label={label} errors={fieldErrors(save.error, key)}>
      {(control) => (
        <Input
          {...control}
          required
          type="datetime-local"
          value={draft[key]}
          onChange={(event) => set({ [key]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <ChangeForm change={save} label="Add game day" pendingLabel="Adding…" refused="Not added">
      <Field label="Name" errors={fieldErrors(save.error, "name")}>
        {(control) => (
          <Input
            {...control}
            required
            maxLength={100}
            placeholder="Thanksgiving games"
            value={draft.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        {time("startsAt", "From (UTC)")}
        {time("endsAt", "To (UTC)")}
      </div>
      <Field label="Load expected">
        {(control) => (
          <Select
            {...control}
            value={draft.load}
            onChange={(event) =>
              set({ load: GAME_LOADS.find((load) => load === event.target.value) ?? "high" })
            }
          >
            {GAME_LOADS.map((load) => (
              <option key={load} value={load}>
                {GAME_LOAD_WORDS[load]}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </ChangeForm>
  );
}
