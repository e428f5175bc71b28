"use client";

import { useState } from "react";
import { TimeZoneInput } from "#components/people/time-zone-input";
import { SaveBar } from "#components/settings/save-bar";
import { useChange } from "#components/settings/use-change";
import { Card } from "#components/ui/card";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { fieldErrors } from "#lib/browser/api";
import { updateUser } from "#lib/people/client";

export interface Profile {
  name: string;
  email: string;
  jobTitle: string | null;
  timeZone: string;
}

interface ProfileFormProps {
  userId: string;
  profile: Profile;
  /** Single sign-on knows people by it, so only those who manage people change it. */
  canChangeEmail: boolean;
}

export function ProfileForm({ userId, profile, canChangeEmail }: ProfileFormProps) {
  const [changes, setChanges] = useState<Partial<Profile>>({});
  const draft = { ...profile, ...changes };
  const dirty = JSON.stringify(draft) !== JSON.stringify(profile);
  const set = (change: Partial<Profile>) => setChanges({ ...changes, ...change });
  const save = useChange({
    change: () => updateUser(userId, changes),
    done: "Profile saved",
    onDone: () => setChanges({}),
  });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Card title="Profile">
        <div className="flex max-w-140 flex-col gap-4">
          <Field label="Name" errors={fieldErrors(save.error, "name")}>
            {(control) => (
              <Input
                {...control}
                required
                maxLength={100}
                autoComplete="name"
                value={draft.name}
                onChange={(event) => set({ name: event.target.value })}
              />
            )}
          </Field>
          <Field
            label="E-mail address"
            hint={canChangeEmail ? undefined : "What you sign in with. An admin can change it."}
            errors={fieldErrors(save.error, "email")}
          >
            {(control) => (
              <Input
                {...control}
                type="email"
                required
                readOnly={!canChangeEmail}
                value={draft.email}
                onChange={(event) => set({ email: event.target.value })}
              />
            )}
          </Field>
          <Field label="Job title" optional errors={fieldErrors(save.error, "jobTitle")}>
            {(control) => (
              <Input
                {...control}
                maxLength={100}
                value={draft.jobTitle ?? ""}
                onChange={(event) => set({ jobTitle: event.target.value || null })}
              />
            )}
          </Field>
          <Field
            label="Time zone"
            hint="All times are shown in it."
            errors={fieldErrors(save.error, "timeZone")}
          >
            {(control) => (
              <TimeZoneInput
                control={control}
                value={draft.timeZone}
                onChange={(timeZone) => set({ timeZone })}
              />
            )}
          </Field>
        </div>
      </Card>
      <SaveBar dirty={dirty} pending={save.isPending} error={save.error} onDiscard={() => setChanges({})} />
    </form>
  );
}
