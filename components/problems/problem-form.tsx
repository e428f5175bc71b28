"use client";

import { useState } from "react";
import { ChangeForm } from "#components/settings/change-form";
import { useChange } from "#components/settings/use-change";
import { Card } from "#components/ui/card";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { Textarea } from "#components/ui/textarea";
import { fieldErrors } from "#lib/browser/api";
import { updateProblem } from "#lib/problems/client";
import { PROBLEM_STATES, STATE_LABELS } from "#lib/problems/problem";
import type { ProblemState } from "#lib/problems/problem";
import type { ProblemDetailDto } from "#lib/problems/schemas";

interface ProblemFormProps {
  problem: ProblemDetailDto;
  people: readonly { id: string; name: string }[];
}

const PROSE_ROWS = 3;

type Form = {
  title: string;
  cause: string;
  workaround: string;
  ownerId: string;
  dueOn: string;
  state: ProblemState;
};

interface PartProps {
  form: Form;
  onChange: (change: Partial<Form>) => void;
  errorsOf: (field: string) => string[];
}

/** What people know and decide about a problem. */
export function ProblemForm({ problem, people }: ProblemFormProps) {
  const [form, setForm] = useState<Form>({
    title: problem.title,
    cause: problem.cause ?? "",
    workaround: problem.workaround ?? "",
    ownerId: problem.owner?.id ?? "",
    dueOn: problem.dueOn ?? "",
    state: problem.state,
  });
  const set = (change: Partial<Form>) => setForm({ ...form, ...change });
  const save = useChange({
    change: () =>
      updateProblem(problem.id, { ...form, ownerId: form.ownerId || null, dueOn: form.dueOn || null }),
    done: "Problem saved",
  });
  const errorsOf = (field: string) => fieldErrors(save.error, field);
  return (
    <Card title="What is known">
      <ChangeForm change={save} label="Save" pendingLabel="Saving…" refused="Not saved">
        <Texts form={form} onChange={set} errorsOf={errorsOf} />
        <Decisions form={form} onChange={set} errorsOf={errorsOf} people={people} />
      </ChangeForm>
    </Card>
  );
}

function Texts({ form, onChange, errorsOf }: PartProps) {
  return (
    <>
      <Field label="Title" errors={errorsOf("title")}>
        {(control) => (
          <Input
            {...control}
            required
            maxLength={255}
            value={form.title}
            onChange={(event) => onChange({ title: event.target.value })}
          />
        )}
      </Field>
      <Field label="Cause" optional hint="What is taken for the root cause." errors={errorsOf("cause")}>
        {(control) => (
          <Textarea
            {...control}
            rows={PROSE_ROWS}
            value={form.cause}
            onChange={(event) => onChange({ cause: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="Workaround"
        optional
        hint="Shown on open incidents of this kind, from their first second."
        errors={errorsOf("workaround")}
      >
        {(control) => (
          <Textarea
            {...control}
            rows={PROSE_ROWS}
            value={form.workaround}
            onChange={(event) => onChange({ workaround: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

function Decisions({ form, onChange, errorsOf, people }: PartProps & Pick<ProblemFormProps, "people">) {
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <Field label="State" errors={errorsOf("state")}>
        {(control) => (
          <Select
            {...control}
            value={form.state}
            onChange={({ target }) =>
              onChange({ state: PROBLEM_STATES.find((known) => known === target.value) ?? form.state })
            }
          >
            {PROBLEM_STATES.map((known) => (
              <option key={known} value={known}>
                {STATE_LABELS[known]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Owner" optional errors={errorsOf("ownerId")}>
        {(control) => (
          <PersonSelect
            {...control}
            people={people}
            value={form.ownerId}
            onPick={(ownerId) => onChange({ ownerId })}
          />
        )}
      </Field>
      <Field label="Due" optional errors={errorsOf("dueOn")}>
        {(control) => (
          <Input
            {...control}
            type="date"
            value={form.dueOn}
            onChange={(event) => onChange({ dueOn: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}

interface PersonSelectProps {
  id?: string;
  "aria-label"?: string;
  people: readonly { id: string; name: string }[];
  value: string;
  onPick: (id: string) => void;
}

/** One of the people who may be paged, or nobody. */
export function PersonSelect({ people, value, onPick, ...control }: PersonSelectProps) {
  return (
    <Select {...control} value={value} onChange={(event) => onPick(event.target.value)}>
      <option value="">Nobody</option>
      {people.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  );
}
