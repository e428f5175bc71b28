"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ChangeForm } from "#components/settings/change-form";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Textarea } from "#components/ui/textarea";
import { fieldErrors } from "#lib/browser/api";
import { createTeam, updateTeam } from "#lib/people/client";

interface TeamDialogProps {
  /** Absent: a new one. */
  team?: { id: string; name: string; description: string | null };
}

/** Names a team, or renames it. */
export function TeamDialog({ team }: TeamDialogProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState(team?.name ?? "");
  const [description, setDescription] = useState(team?.description ?? "");
  const save = useChange<void, { slug: string } | null>({
    change: () =>
      team
        ? updateTeam(team.id, { name, description: description || null })
        : createTeam({ name, description }),
    done: team ? "Team saved" : "Team created",
    onDone: (created) => {
      setOpen(false);
      if (created) router.push(`/teams/${created.slug}`);
    },
  });
  return (
    <Dialog
      title={team ? "Edit the team" : "New team"}
      size="small"
      open={open}
      onOpenChange={setOpen}
      trigger={team ? <Button>Edit</Button> : <Button variant="primary">New team</Button>}
    >
      <ChangeForm
        change={save}
        label={team ? "Save" : "Create team"}
        pendingLabel="Saving…"
        refused="Not saved"
      >
        <Field label="Name" errors={fieldErrors(save.error, "name")}>
          {(control) => (
            <Input
              {...control}
              required
              maxLength={100}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label="What it looks after" optional errors={fieldErrors(save.error, "description")}>
          {(control) => (
            <Textarea
              {...control}
              rows={2}
              maxLength={1024}
              value={description}
              onChange={(event) => setDescription(event.target.value)}
            />
          )}
        </Field>
      </ChangeForm>
    </Dialog>
  );
}
