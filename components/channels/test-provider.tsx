"use client";

import { useMutation } from "@tanstack/react-query";
import { Send } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { TestProgress } from "#components/people/test-progress";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { fieldErrors } from "#lib/browser/api";
import { testProvider } from "#lib/notifications/client";
import type { Provider } from "#lib/notifications/client";

/** Sends a test over this provider alone and shows each station as it is reached. */
export function TestProvider({ provider }: { provider: Provider }) {
  const [open, setOpen] = useState(false);
  const [to, setTo] = useState("");
  const router = useRouter();
  const send = useMutation({ mutationFn: () => testProvider(provider.id, to) });
  const isCall = provider.channel === "phone";
  return (
    <Dialog
      title={`Test ${provider.name}`}
      description={isCall ? "Calls a number of yours." : "Texts a number of yours."}
      size="small"
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        send.reset();
        // What the provider took or refused shows in its row.
        if (!next) router.refresh();
      }}
      trigger={
        <Button size="small" icon={<Send aria-hidden />} aria-label={`Send a test by ${provider.name}`}>
          Send a test
        </Button>
      }
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          send.mutate();
        }}
      >
        <Field
          label="Number"
          hint="With its country, like +49 171 1234567"
          errors={fieldErrors(send.error, "address")}
        >
          {(control) => (
            <Input
              {...control}
              type="tel"
              autoComplete="tel"
              required
              value={to}
              placeholder="+49 171 1234567"
              onChange={({ target }) => setTo(target.value)}
            />
          )}
        </Field>
        {send.error && fieldErrors(send.error, "address").length === 0 ? (
          <Callout tone="danger" title={`Not sent: ${send.error.message}`} />
        ) : null}
        {send.data ? (
          <TestProgress pageId={send.data.pageId} onAgain={() => send.mutate()} />
        ) : (
          <Button
            type="submit"
            variant="primary"
            className="self-end"
            pending={send.isPending}
            pendingLabel="Sending…"
          >
            {isCall ? "Call it" : "Text it"}
          </Button>
        )}
      </form>
    </Dialog>
  );
}
