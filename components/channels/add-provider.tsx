"use client";

import { useState } from "react";
import { ProviderFields } from "#components/channels/provider-fields";
import type { ProviderValues } from "#components/channels/provider-fields";
import { ChangeForm } from "#components/settings/change-form";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { CheckboxField } from "#components/ui/checkbox";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { fieldErrors } from "#lib/browser/api";
import { addProvider } from "#lib/notifications/client";
import { KIND_CHANNELS, KIND_NAMES } from "#lib/notifications/provider";
import {
  isTelephonyKind,
  TELEPHONY_FIELDS,
  TELEPHONY_KINDS,
  USUAL_SETTINGS,
} from "#lib/notifications/provider-fields";
import type { TelephonyKind } from "#lib/notifications/provider-fields";
import type { Channel } from "#lib/notifications/vocabulary";

interface Draft extends ProviderValues {
  kind: TelephonyKind;
  name: string;
  channels: Channel[];
}

const WAYS = { sms: "Texts", phone: "Calls" } as const;

function emptyDraft(kind: TelephonyKind, channel: Channel): Draft {
  return { kind, name: "", channels: [channel], settings: USUAL_SETTINGS[kind], secret: {} };
}

/** Sets up a provider, for texts, calls or both at once. */
export function AddProvider({ channel, existing }: { channel: "sms" | "phone"; existing: number }) {
  const isFirst = existing === 0;
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState(() => emptyDraft("twilio", channel));
  const add = useChange({
    change: () => addProvider({ ...draft, name: draft.name.trim() || KIND_NAMES[draft.kind] }),
    done: "Provider set up: send a test next",
    onDone: () => setOpen(false),
  });
  return (
    <Dialog
      title="Set up a provider"
      description="It is used at once; the first in the list is asked first, and the next when it fails."
      open={open}
      dirty={Object.keys(draft.secret).length > 0}
      onOpenChange={(next) => {
        setOpen(next);
        if (next) setDraft(emptyDraft("twilio", channel));
        add.reset();
      }}
      trigger={
        <Button size="small" variant={isFirst ? "primary" : "secondary"}>
          {isFirst ? "Set up a provider" : existing === 1 ? "Add a second" : "Add another"}
        </Button>
      }
    >
      <ChangeForm change={add} label="Set up" pendingLabel="Setting up…" refused="Not set up">
        <DraftFields draft={draft} channel={channel} error={add.error} onChange={setDraft} />
      </ChangeForm>
    </Dialog>
  );
}

interface DraftFieldsProps {
  draft: Draft;
  channel: "sms" | "phone";
  error: Error | null;
  onChange: (draft: Draft) => void;
}

function DraftFields({ draft, channel, error, onChange }: DraftFieldsProps) {
  const { kind, name, channels } = draft;
  const fields = TELEPHONY_FIELDS[kind].filter(
    ({ only }) => !only || only.some((one) => channels.includes(one)),
  );
  const others = (["sms", "phone"] as const).filter(
    (one) => one !== channel && KIND_CHANNELS[kind].includes(one),
  );
  return (
    <>
      <Field label="Provider" errors={fieldErrors(error, "kind")}>
        {(control) => (
          <Select
            {...control}
            value={kind}
            onChange={({ target }) => {
              const next = TELEPHONY_KINDS.find((one) => one === target.value);
              if (next && isTelephonyKind(next)) onChange({ ...emptyDraft(next, channel), name });
            }}
          >
            {TELEPHONY_KINDS.filter((one) => KIND_CHANNELS[one].includes(channel)).map((one) => (
              <option key={one} value={one}>
                {KIND_NAMES[one]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Name" optional errors={fieldErrors(error, "name")}>
        {(control) => (
          <Input
            {...control}
            maxLength={100}
            value={name}
            placeholder={KIND_NAMES[kind]}
            onChange={({ target }) => onChange({ ...draft, name: target.value })}
          />
        )}
      </Field>
      {others.map((other) => (
        <CheckboxField
          key={other}
          label={`Use it for ${WAYS[other].toLowerCase()} as well`}
          checked={channels.includes(other)}
          onChange={({ target }) =>
            onChange({ ...draft, channels: target.checked ? [channel, other] : [channel] })
          }
        />
      ))}
      <ProviderFields
        fields={fields}
        values={draft}
        stored={[]}
        error={error}
        onChange={(values) => onChange({ ...draft, ...values })}
      />
    </>
  );
}
