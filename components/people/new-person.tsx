"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { RoleField } from "#components/people/role-field";
import { TimeZoneInput } from "#components/people/time-zone-input";
import { ChangeForm } from "#components/settings/change-form";
import { useChange } from "#components/settings/use-change";
import { useViewer } from "#components/time/viewer";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { fieldErrors } from "#lib/browser/api";
import { createUser } from "#lib/people/client";
import type { Role } from "#lib/people/roles";

type Draft = { name: string; email: string; role: Role; timeZone: string; password: string };

/** Adds a person; e-mail reaches them from the beginning. */
export function NewPerson({ viewerRole }: { viewerRole: Role }) {
  const router = useRouter();
  const { timeZone: viewerZone } = useViewer();
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState<Draft>({
    name: "",
    email: "",
    role: "responder",
    timeZone: viewerZone,
    password: "",
  });
  const create = useChange({
    change: () => {
      const { password, ...person } = draft;
      return createUser({ ...person, ...(password === "" ? {} : { password }) });
    },
    done: `${draft.name} added`,
    onDone: ({ id }) => router.push(`/people/${id}`),
  });
  return (
    <Dialog
      title="Add a person"
      open={open}
      onOpenChange={setOpen}
      dirty={draft.name !== "" || draft.email !== ""}
      trigger={<Button variant="primary">Add person</Button>}
    >
      <ChangeForm change={create} label="Add person" pendingLabel="Adding…" refused="Not added">
        <PersonFields
          draft={draft}
          viewerRole={viewerRole}
          error={create.error}
          onChange={(change) => setDraft({ ...draft, ...change })}
        />
      </ChangeForm>
    </Dialog>
  );
}

interface PersonFieldsProps {
  draft: Draft;
  viewerRole: Role;
  error: unknown;
  onChange: (change: Partial<Draft>) => void;
}

function PersonFields({ draft, viewerRole, error, onChange }: PersonFieldsProps) {
  return (
    <>
      <Field label="Name" errors={fieldErrors(error, "name")}>
        {(control) => (
          <Input
            {...control}
            required
            maxLength={100}
            autoComplete="off"
            value={draft.name}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label="E-mail address" errors={fieldErrors(error, "email")}>
        {(control) => (
          <Input
            {...control}
            type="email"
            required
            autoComplete="off"
            value={draft.email}
            onChange={(event) => onChange({ email: event.target.value })}
          />
        )}
      </Field>
      <RoleField
        value={draft.role}
        viewerRole={viewerRole}
        error={error}
        onChange={(role) => onChange({ role })}
      />
      <Field label="Time zone" errors={fieldErrors(error, "timeZone")}>
        {(control) => (
          <TimeZoneInput
            control={control}
            value={draft.timeZone}
            onChange={(timeZone) => onChange({ timeZone })}
          />
        )}
      </Field>
      <Field
        label="First password"
        optional
        hint="Give it to them yourself. Without one they sign in through single sign-on."
        errors={fieldErrors(error, "password")}
      >
        {(control) => (
          <Input
            {...control}
            type="password"
            autoComplete="new-password"
            minLength={10}
            maxLength={256}
            value={draft.password}
            onChange={(event) => onChange({ password: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}
