"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { TestProgress } from "#components/people/test-progress";
import { ChangeForm } from "#components/settings/change-form";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { fieldErrors } from "#lib/browser/api";
import { confirmNumber, sendVerificationCode } from "#lib/notifications/client";
import type { ContactMethodDto } from "#lib/notifications/schemas";

/** Confirms a number that was added before. */
export function ConfirmNumber({ method }: { method: ContactMethodDto }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      title={`Confirm ${method.address}`}
      size="small"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="small" disabled={!method.available}>
          Confirm
        </Button>
      }
    >
      <ConfirmForm contactMethodId={method.id} onDone={() => setOpen(false)} />
    </Dialog>
  );
}

/** Sends a code on request, shows how far it has come, and takes it. */
export function ConfirmForm({ contactMethodId, onDone }: { contactMethodId: string; onDone: () => void }) {
  const [code, setCode] = useState("");
  const send = useMutation({ mutationFn: () => sendVerificationCode(contactMethodId) });
  const confirm = useChange({
    change: () => confirmNumber(contactMethodId, code),
    done: "Number confirmed: it is used from now on",
    onDone,
  });
  return (
    <ChangeForm
      change={confirm}
      label="Confirm"
      pendingLabel="Confirming…"
      refused="Not confirmed"
      disabled={code.trim() === ""}
    >
      <p className="text-body text-text-2">
        A code of six digits shows that the number is yours. Nothing else is sent there before.
      </p>
      {send.error ? <Callout tone="danger" title={`No code was sent: ${send.error.message}`} /> : null}
      {send.data ? (
        <TestProgress pageId={send.data.pageId} hideAdvice onAgain={() => send.mutate()} />
      ) : (
        <Button
          className="self-start"
          pending={send.isPending}
          pendingLabel="Sending…"
          onClick={() => send.mutate()}
        >
          Send the code
        </Button>
      )}
      <Field label="Code" errors={fieldErrors(confirm.error, "code")}>
        {(control) => (
          <Input
            {...control}
            required
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={10}
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        )}
      </Field>
    </ChangeForm>
  );
}
