"use client";

import { ExternalLink } from "lucide-react";
import { useState } from "react";
import { PersonSelect } from "#components/problems/problem-form";
import { useChange } from "#components/settings/use-change";
import { Badge } from "#components/ui/badge";
import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { TextLink } from "#components/ui/link";
import { Select } from "#components/ui/select";
import { fieldErrors } from "#lib/browser/api";
import { addAction, updateAction } from "#lib/problems/client";
import { ACTION_STATE_LABELS, ACTION_STATES, ACTION_TYPES, problemRef } from "#lib/problems/problem";
import type { ActionState } from "#lib/problems/problem";
import type { ActionDto } from "#lib/problems/schemas";
import { formatDayOfYear } from "#lib/time/format-day";

interface ActionListProps {
  actions: readonly ActionDto[];
  canRespond: boolean;
  /** Names what each action belongs to: for lists over all of them. */
  showHome?: boolean;
}

/** Corrective actions; their state is changed in place. */
export function ActionList({ actions, canRespond, showHome = false }: ActionListProps) {
  const change = useChange<{ action: ActionDto; state: ActionState }>({
    change: ({ action, state }) => updateAction(action.id, { state }),
    done: (_, { action, state }) => `“${action.title}”: ${ACTION_STATE_LABELS[state].toLowerCase()}`,
    failed: "Not changed",
  });
  if (actions.length === 0) return <p className="text-body text-text-2">No action is noted.</p>;
  return (
    <ul className="flex flex-col divide-y" aria-label="Corrective actions">
      {actions.map((action) => (
        <li key={action.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 text-body">
          <span className="min-w-48 flex-1 [overflow-wrap:anywhere]">
            {action.title}{" "}
            {action.ticketUrl === null ? null : (
              <TextLink href={action.ticketUrl} aria-label={`Ticket of ${action.title}`}>
                <ExternalLink aria-hidden className="inline size-3.5" />
              </TextLink>
            )}
            <span className="block text-meta text-text-3">
              {[
                action.type,
                action.owner?.name ?? "no owner",
                action.dueOn ? `due ${formatDayOfYear(action.dueOn)}` : "no due day",
              ].join(" · ")}
              {showHome ? <Home action={action} /> : null}
            </span>
          </span>
          {action.isOverdue ? <Badge hue="red">Overdue</Badge> : null}
          {canRespond ? (
            <Select
              className="w-36"
              aria-label={`State of ${action.title}`}
              value={action.state}
              disabled={change.isPending}
              onChange={({ target }) => {
                const state = ACTION_STATES.find((known) => known === target.value);
                if (state) change.mutate({ action, state });
              }}
            >
              {ACTION_STATES.map((state) => (
                <option key={state} value={state}>
                  {ACTION_STATE_LABELS[state]}
                </option>
              ))}
            </Select>
          ) : (
            <Badge>{ACTION_STATE_LABELS[action.state]}</Badge>
          )}
        </li>
      ))}
    </ul>
  );
}

function Home({ action: { problem, review } }: { action: ActionDto }) {
  return (
    <>
      {problem ? (
        <>
          {" · "}
          <TextLink tone="quiet" href={`/problems/${problem.number}`}>
            {problemRef(problem.number)} {problem.title}
          </TextLink>
        </>
      ) : null}
      {review ? (
        <>
          {" · "}
          <TextLink tone="quiet" href={`/incidents/${review.incidentNumber}/review`}>
            Review of #{review.incidentNumber}
          </TextLink>
        </>
      ) : null}
    </>
  );
}

const NOTHING = { title: "", type: "prevent", ownerId: "", dueOn: "" };

interface AddActionProps {
  problemId?: string;
  reviewId?: string;
  /** The day within which what follows from an incident like this should be done. */
  dueOn?: string;
  people: readonly { id: string; name: string }[];
}

export function AddAction({ problemId, reviewId, dueOn = "", people }: AddActionProps) {
  const [form, setForm] = useState({ ...NOTHING, dueOn });
  const set = (change: Partial<typeof NOTHING>) => setForm({ ...form, ...change });
  const add = useChange({
    change: () =>
      addAction({
        title: form.title,
        type: ACTION_TYPES.find((known) => known === form.type) ?? "prevent",
        ownerId: form.ownerId || null,
        dueOn: form.dueOn || null,
        problemId: problemId ?? null,
        reviewId: reviewId ?? null,
      }),
    done: "Action added",
    onDone: () => setForm({ ...NOTHING, dueOn }),
  });
  return (
    <form
      className="mt-3 grid gap-3 border-t pt-3 sm:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <Field
        label="What will be done"
        className="sm:col-span-2"
        errors={fieldErrors(add.error, "title")}
        hint="A verb first, and an end that can be seen."
      >
        {(control) => (
          <Input
            {...control}
            required
            maxLength={255}
            value={form.title}
            onChange={(event) => set({ title: event.target.value })}
          />
        )}
      </Field>
      <KindField value={form.type} onPick={(type) => set({ type })} />
      <Field label="By" optional errors={fieldErrors(add.error, "ownerId")}>
        {(control) => (
          <PersonSelect
            {...control}
            people={people}
            value={form.ownerId}
            onPick={(ownerId) => set({ ownerId })}
          />
        )}
      </Field>
      <Field label="Due" optional errors={fieldErrors(add.error, "dueOn")}>
        {(control) => (
          <Input
            {...control}
            type="date"
            value={form.dueOn}
            onChange={(event) => set({ dueOn: event.target.value })}
          />
        )}
      </Field>
      <Button
        type="submit"
        className="mt-6 justify-self-start"
        pending={add.isPending}
        pendingLabel="Adding…"
      >
        Add action
      </Button>
    </form>
  );
}

function KindField({ value, onPick }: { value: string; onPick: (type: string) => void }) {
  return (
    <Field label="Kind">
      {(control) => (
        <Select {...control} value={value} onChange={(event) => onPick(event.target.value)}>
          {ACTION_TYPES.map((type) => (
            <option key={type} value={type}>
              {type}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
