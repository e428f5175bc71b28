"use client";

import { useState } from "react";
import { ContactMethodForm, EMPTY_DRAFT } from "#components/people/contact-method-form";
import type { ContactDraft } from "#components/people/contact-method-form";
import { CONTACT_KINDS } from "#components/people/contact-kinds";
import { TelegramLink } from "#components/people/telegram-link";
import { readHeaderLines } from "#components/people/webhook-fields";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { CodeBlock } from "#components/ui/code-block";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Select } from "#components/ui/select";
import { fieldErrors } from "#lib/browser/api";
import { addContactMethod } from "#lib/notifications/client";
import type { NewContactMethod } from "#lib/notifications/client";
import type { Channel } from "#lib/notifications/vocabulary";

type Way = NewContactMethod["channel"] | "telegram";

interface AddContactMethodProps {
  userId: string;
  /** The channels over which pages can go out now; the others are shown, with what they lack. */
  available: readonly Channel[];
}

/** Adds a way to reach somebody: says how each is set up, and asks for what it needs. */
export function AddContactMethod({ userId, available }: AddContactMethodProps) {
  const [open, setOpen] = useState(false);
  const [way, setWay] = useState<Way>("email");
  const [draft, setDraft] = useState<ContactDraft>(EMPTY_DRAFT);
  const add = useChange({
    change: (channel: NewContactMethod["channel"]) => addContactMethod(userId, methodOf(channel, draft)),
    done: "Contact method added: send a test next",
    onDone: ({ signingSecret }) => {
      if (signingSecret === null) setOpen(false);
    },
  });
  const secret = add.data?.signingSecret ?? null;
  const isAvailable = available.includes(way);
  return (
    <Dialog
      title={secret === null ? "Add a contact method" : "Keep this secret now"}
      size="small"
      open={open}
      dirty={secret === null && draft.address !== ""}
      onOpenChange={(next) => {
        setOpen(next);
        if (next) setDraft(EMPTY_DRAFT);
        add.reset();
      }}
      trigger={<Button size="small">Add</Button>}
    >
      {secret === null ? (
        <div className="flex flex-col gap-4">
          <Field label="Way" errors={fieldErrors(add.error, "channel")}>
            {(control) => (
              <Select {...control} value={way} onChange={(event) => setWay(wayOf(event.target.value))}>
                {Object.entries(CONTACT_KINDS).map(([channel, { name }]) => (
                  <option key={channel} value={channel}>
                    {name}
                  </option>
                ))}
                <option value="telegram">Telegram</option>
              </Select>
            )}
          </Field>
          {!isAvailable ? (
            <NotSetUp />
          ) : way === "telegram" ? (
            <TelegramLink />
          ) : (
            <ContactMethodForm
              key={way}
              channel={way}
              draft={draft}
              pending={add.isPending}
              error={add.error}
              onChange={setDraft}
              onAdd={() => add.mutate(way)}
            />
          )}
        </div>
      ) : (
        <div className="flex flex-col gap-3">
          <p className="text-body text-text-2">
            Requests are signed with it, so that the receiver knows they are ours. It is not shown again.
          </p>
          <CodeBlock name="Signing secret" code={secret} wrap />
        </div>
      )}
    </Dialog>
  );
}

function NotSetUp() {
  return (
    <p className="text-body text-text-2">
      Nobody has set this up for your organisation yet. An admin can, under Settings, Channels.
    </p>
  );
}

function wayOf(value: string): Way {
  if (value === "telegram") return value;
  return isKind(value) ? value : "email";
}

function isKind(value: string): value is NewContactMethod["channel"] {
  return Object.hasOwn(CONTACT_KINDS, value);
}

function methodOf(channel: NewContactMethod["channel"], draft: ContactDraft): NewContactMethod {
  const { address, token, extras } = draft;
  const label = draft.label.trim() || CONTACT_KINDS[channel].label;
  if (channel === "ntfy" && token !== "") return { channel, label, address, token };
  if (channel !== "webhook") return { channel, label, address };
  return {
    channel,
    label,
    address,
    headers: readHeaderLines(extras.headers),
    ...(extras.template === null ? {} : { template: extras.template }),
  };
}
