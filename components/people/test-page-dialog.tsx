"use client";

import { useMutation } from "@tanstack/react-query";
import { Send } from "lucide-react";
import { useState } from "react";
import { HopSteps } from "#components/people/hop-steps";
import { TestProgress } from "#components/people/test-progress";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Dialog } from "#components/ui/dialog";
import { CHANNEL_NAMES } from "#lib/notifications/capability";
import { sendTestPage } from "#lib/notifications/client";
import type { ContactMethodDto } from "#lib/notifications/schemas";

/** Sends a test by the very way a page goes and shows each station as it is reached. */
export function TestPageDialog({ method }: { method: ContactMethodDto }) {
  const [open, setOpen] = useState(false);
  const send = useMutation({ mutationFn: () => sendTestPage(method.id) });
  const onOpenChange = (next: boolean) => {
    setOpen(next);
    if (next) send.mutate();
    else send.reset();
  };
  return (
    <Dialog
      title={`Test: ${method.label}`}
      description={`${CHANNEL_NAMES[method.channel]} to ${method.address}`}
      size="small"
      open={open}
      onOpenChange={onOpenChange}
      trigger={
        <Button
          size="small"
          icon={<Send aria-hidden />}
          disabled={!method.enabled}
          aria-label={`Send test to ${method.label}`}
        >
          Send test
        </Button>
      }
    >
      {send.error ? (
        <Callout
          tone="danger"
          title={`Not sent: ${send.error.message}`}
          actions={
            <Button size="small" onClick={() => send.mutate()}>
              Try again
            </Button>
          }
        />
      ) : null}
      {send.data ? (
        <TestProgress pageId={send.data.pageId} onAgain={() => send.mutate()} />
      ) : send.error ? null : (
        <HopSteps hops={[{ state: "waiting", label: "Handed to the engine" }]} />
      )}
    </Dialog>
  );
}
