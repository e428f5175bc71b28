"use client";

import { useMutation } from "@tanstack/react-query";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { CopyButton } from "#components/ui/copy-button";
import { ButtonLink } from "#components/ui/link";
import { makeTelegramLink } from "#lib/notifications/client";

/** Telegram's chats say whose they are: the person opens the bot by a link that carries a code, and presses Start. */
export function TelegramLink() {
  const link = useMutation({ mutationFn: makeTelegramLink });
  return (
    <div className="flex flex-col gap-3 text-body">
      <ol className="list-decimal pl-5 text-text-2">
        <li>Open the bot by the link below, on the phone that should ring.</li>
        <li>Press Start: the chat is linked to your account, and appears in the list.</li>
        <li>Send a test.</li>
      </ol>
      {link.error ? <Callout tone="danger" title={`No link: ${link.error.message}`} /> : null}
      {link.data ? (
        <div className="flex flex-wrap items-center gap-2" aria-live="polite">
          <ButtonLink href={link.data.url} variant="primary">
            Open the bot in Telegram
          </ButtonLink>
          <CopyButton value={link.data.url} name="Copy the link" labelled />
          <p className="w-full text-meta text-text-3">
            Works once, within 15 minutes, for your account only.
          </p>
        </div>
      ) : (
        <Button
          variant="primary"
          className="self-start"
          pending={link.isPending}
          pendingLabel="Making the link…"
          onClick={() => link.mutate()}
        >
          Make my link
        </Button>
      )}
    </div>
  );
}
