"use client";

import { useState } from "react";
import { ChangeForm } from "#components/settings/change-form";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { fieldErrors } from "#lib/browser/api";
import { createMailbox } from "#lib/mail-in/client";

/** Gives a service an address whose mail opens incidents. */
export function AddMailbox({ service }: { service: { id: string; slug: string } }) {
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("E-mail");
  const [localPart, setLocalPart] = useState(`alerts+${service.slug}`);
  const add = useChange({
    change: () => createMailbox({ serviceId: service.id, name, localPart }),
    done: "Address added",
    onDone: () => setOpen(false),
  });
  return (
    <Dialog
      title="Add an e-mail address"
      description="Mail to it opens incidents of this service, by rules that you set afterwards."
      size="small"
      open={open}
      onOpenChange={setOpen}
      trigger={<Button variant="secondary">Add e-mail</Button>}
    >
      <ChangeForm change={add} label="Add address" pendingLabel="Adding…" refused="Not added">
        <Field label="Name" errors={fieldErrors(add.error, "name")}>
          {(control) => (
            <Input
              {...control}
              required
              maxLength={255}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field
          label="Before the @"
          hint="For example cx+checkout, for what customers report."
          errors={fieldErrors(add.error, "localPart")}
        >
          {(control) => (
            <Input
              {...control}
              required
              maxLength={63}
              autoComplete="off"
              spellCheck={false}
              value={localPart}
              onChange={(event) => setLocalPart(event.target.value)}
            />
          )}
        </Field>
      </ChangeForm>
    </Dialog>
  );
}
