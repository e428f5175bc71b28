"use client";

import { useState } from "react";
import { ConfirmForm } from "#components/people/confirm-number";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { CheckboxField } from "#components/ui/checkbox";
import { Dialog } from "#components/ui/dialog";
import { Field, FieldErrors } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { TextLink } from "#components/ui/link";
import { fieldErrors } from "#lib/browser/api";
import { addPhoneNumber } from "#lib/notifications/client";
import type { NewPhoneNumber } from "#lib/notifications/client";
import type { Channel } from "#lib/notifications/vocabulary";

interface AddPhoneNumberProps {
  userId: string;
  /** The channels over which pages can go out now. */
  available: readonly Channel[];
}

const WAYS = [
  { channel: "phone", label: "Calls", hint: "Says what is wrong and takes your answer by key" },
  { channel: "sms", label: "Texts", hint: "One SMS with a link; reply 4 to acknowledge" },
] as const;

/** Adds a number for calls and texts, and has it confirmed by a code. */
export function AddPhoneNumber({ userId, available }: AddPhoneNumberProps) {
  const [open, setOpen] = useState(false);
  const [number, setNumber] = useState(() => emptyNumber(available));
  const add = useChange({
    change: () => addPhoneNumber(userId, { ...number, label: number.label.trim() || "Mobile" }),
    done: null,
  });
  const [added] = add.data?.ids ?? [];
  return (
    <Dialog
      title={added === undefined ? "Add a phone number" : `Confirm ${number.number}`}
      size="small"
      open={open}
      dirty={added === undefined && number.number !== ""}
      onOpenChange={(next) => {
        setOpen(next);
        if (next) setNumber(emptyNumber(available));
        add.reset();
      }}
      trigger={<Button size="small">Add phone</Button>}
    >
      {WAYS.every(({ channel }) => !available.includes(channel)) ? (
        <Callout tone="info" title="Nothing carries calls or texts here yet.">
          Somebody who runs the organisation sets up a provider under{" "}
          <TextLink href="/settings/channels">Channels</TextLink>.
        </Callout>
      ) : added === undefined ? (
        <NumberForm
          number={number}
          available={available}
          pending={add.isPending}
          error={add.error}
          onChange={setNumber}
          onAdd={() => add.mutate()}
        />
      ) : (
        <ConfirmForm contactMethodId={added} onDone={() => setOpen(false)} />
      )}
    </Dialog>
  );
}

function emptyNumber(available: readonly Channel[]): NewPhoneNumber {
  return {
    number: "",
    label: "",
    channels: WAYS.map(({ channel }) => channel).filter((channel) => available.includes(channel)),
  };
}

interface NumberFormProps {
  number: NewPhoneNumber;
  available: readonly Channel[];
  pending: boolean;
  error: Error | null;
  onChange: (number: NewPhoneNumber) => void;
  onAdd: () => void;
}

function NumberForm({ number, available, pending, error, onChange, onAdd }: NumberFormProps) {
  const named = ["address", "channel", "channels"].flatMap((field) => fieldErrors(error, field));
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        onAdd();
      }}
    >
      <Field
        label="Number"
        hint="With its country, like +49 171 1234567"
        errors={fieldErrors(error, "address")}
      >
        {(control) => (
          <Input
            {...control}
            type="tel"
            autoComplete="tel"
            required
            value={number.number}
            placeholder="+49 171 1234567"
            onChange={(event) => onChange({ ...number, number: event.target.value })}
          />
        )}
      </Field>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1.5 text-table font-medium text-text">Used for</legend>
        {WAYS.map(({ channel, label, hint }) => (
          <CheckboxField
            key={channel}
            label={label}
            hint={available.includes(channel) ? hint : "No provider is set up for it"}
            disabled={!available.includes(channel)}
            checked={number.channels.includes(channel)}
            onChange={({ target: { checked } }) => {
              const others = number.channels.filter((one) => one !== channel);
              onChange({ ...number, channels: checked ? [...others, channel] : others });
            }}
          />
        ))}
        <FieldErrors errors={[...fieldErrors(error, "channel"), ...fieldErrors(error, "channels")]} />
      </fieldset>
      <Field label="Name" optional errors={fieldErrors(error, "label")}>
        {(control) => (
          <Input
            {...control}
            maxLength={100}
            value={number.label}
            placeholder="Mobile"
            onChange={(event) => onChange({ ...number, label: event.target.value })}
          />
        )}
      </Field>
      {error && named.length === 0 ? <Callout tone="danger" title={`Not added: ${error.message}`} /> : null}
      <Button type="submit" variant="primary" className="self-end" pending={pending} pendingLabel="Adding…">
        Add
      </Button>
    </form>
  );
}
