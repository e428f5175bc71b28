"use client";

import { useState } from "react";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { CodeBlock } from "#components/ui/code-block";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { fieldErrors } from "#lib/browser/api";
import { addContactMethod } from "#lib/notifications/client";
import type { NewContactMethod } from "#lib/notifications/client";

const KINDS = {
  email: { name: "E-mail", label: "Work", type: "email", placeholder: "you@example.com", hint: undefined },
  slack: {
    name: "Slack",
    label: "Slack",
    type: "url",
    placeholder: "https://hooks.slack.com/services/…",
    hint: "The address of an incoming webhook that posts to you or to a channel.",
  },
  webhook: {
    name: "Webhook",
    label: "Webhook",
    type: "url",
    placeholder: "https://example.com/page-me",
    hint: "Gets each page as JSON, signed; a 2xx answer counts as accepted.",
  },
} as const;

const EMPTY: NewContactMethod = { channel: "email", label: "", address: "" };

export function AddContactMethod({ userId }: { userId: string }) {
  const [open, setOpen] = useState(false);
  const [method, setMethod] = useState(EMPTY);
  const kind = KINDS[method.channel];
  const add = useChange({
    change: () => addContactMethod(userId, { ...method, label: method.label.trim() || kind.label }),
    done: "Contact method added: send a test next",
    onDone: ({ signingSecret }) => {
      if (signingSecret === null) setOpen(false);
    },
  });
  const secret = add.data?.signingSecret ?? null;
  return (
    <Dialog
      title={secret === null ? "Add a contact method" : "Keep this secret now"}
      size="small"
      open={open}
      dirty={secret === null && method.address !== ""}
      onOpenChange={(next) => {
        setOpen(next);
        if (next) setMethod(EMPTY);
        add.reset();
      }}
      trigger={<Button size="small">Add</Button>}
    >
      {secret === null ? (
        <MethodForm
          method={method}
          pending={add.isPending}
          error={add.error}
          onChange={setMethod}
          onAdd={() => add.mutate()}
        />
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

interface MethodFormProps {
  method: NewContactMethod;
  pending: boolean;
  error: Error | null;
  onChange: (method: NewContactMethod) => void;
  onAdd: () => void;
}

function MethodForm({ method, pending, error, onChange, onAdd }: MethodFormProps) {
  const kind = KINDS[method.channel];
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        onAdd();
      }}
    >
      <Field label="Way" errors={fieldErrors(error, "channel")}>
        {(control) => (
          <Select
            {...control}
            value={method.channel}
            onChange={(event) => {
              const { value } = event.target;
              const channel = value === "slack" || value === "webhook" ? value : "email";
              onChange({ ...method, channel });
            }}
          >
            {Object.entries(KINDS).map(([channel, { name }]) => (
              <option key={channel} value={channel}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Address" hint={kind.hint} errors={fieldErrors(error, "address")}>
        {(control) => (
          <Input
            {...control}
            type={kind.type}
            required
            value={method.address}
            placeholder={kind.placeholder}
            onChange={(event) => onChange({ ...method, address: event.target.value })}
          />
        )}
      </Field>
      <Field label="What you call it" optional errors={fieldErrors(error, "label")}>
        {(control) => (
          <Input
            {...control}
            maxLength={100}
            value={method.label}
            placeholder={kind.label}
            onChange={(event) => onChange({ ...method, label: event.target.value })}
          />
        )}
      </Field>
      {error && fieldErrors(error, "address").length === 0 ? (
        <Callout tone="danger" title={`Not added: ${error.message}`} />
      ) : null}
      <Button type="submit" variant="primary" className="self-end" pending={pending} pendingLabel="Adding…">
        Add
      </Button>
    </form>
  );
}
