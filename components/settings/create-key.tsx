"use client";

import { useState } from "react";
import { NewKey } from "#components/settings/new-key";
import { useChange } from "#components/settings/use-change";
import { useNow } from "#components/time/clock";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { CheckboxField } from "#components/ui/checkbox";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { RadioGroup } from "#components/ui/radio-group";
import { Select } from "#components/ui/select";
import { fieldErrors } from "#lib/browser/api";
import { createApiKey } from "#lib/organisation/client";
import type { ApiKeyInput } from "#lib/organisation/schemas";

const DAY_MS = 86_400_000;
const EXPIRIES = [
  { days: 30, label: "In 30 days" },
  { days: 90, label: "In 90 days" },
  { days: 365, label: "In a year" },
  { days: 0, label: "Never" },
];

interface CreateKeyProps {
  baseUrl: string;
  /** Whether keys of the organisation itself can be made. */
  canMakeAccountKey: boolean;
}

export function CreateKey({ baseUrl, canMakeAccountKey }: CreateKeyProps) {
  const [open, setOpen] = useState(false);
  const create = useChange({ change: createApiKey, done: "API key made" });
  const made = create.data?.key;
  return (
    <Dialog
      title={made === undefined ? "New API key" : "Copy the key now"}
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        create.reset();
      }}
      trigger={<Button variant="primary">New API key</Button>}
    >
      {made === undefined ? (
        <KeyForm
          canMakeAccountKey={canMakeAccountKey}
          pending={create.isPending}
          error={create.error}
          onCreate={create.mutate}
        />
      ) : (
        <NewKey value={made} baseUrl={baseUrl} />
      )}
    </Dialog>
  );
}

interface KeyFormProps {
  canMakeAccountKey: boolean;
  pending: boolean;
  error: Error | null;
  onCreate: (key: ApiKeyInput) => void;
}

function KeyForm({ canMakeAccountKey, pending, error, onCreate }: KeyFormProps) {
  const now = useNow("minute");
  const [name, setName] = useState("");
  const [scope, setScope] = useState<ApiKeyInput["scope"]>("full");
  const [days, setDays] = useState(90);
  const [account, setAccount] = useState(false);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const expiresAt = days === 0 ? null : new Date(now + days * DAY_MS).toISOString();
        onCreate({ name, scope, account, expiresAt });
      }}
    >
      {error ? <Callout tone="danger" title={`Not made: ${error.message}`} /> : null}
      <Field label="Name" hint="What it is for; the audit log names it." errors={fieldErrors(error, "name")}>
        {(control) => (
          <Input
            {...control}
            required
            maxLength={100}
            value={name}
            placeholder="Terraform"
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <RadioGroup
        legend="It may"
        name="scope"
        value={scope}
        onValueChange={setScope}
        options={[
          { value: "full", label: "Read and change" },
          { value: "read", label: "Read only" },
        ]}
      />
      <Field label="It expires" errors={fieldErrors(error, "expiresAt")}>
        {(control) => (
          <Select {...control} value={days} onChange={(event) => setDays(Number(event.target.value))}>
            {EXPIRIES.map((expiry) => (
              <option key={expiry.days} value={expiry.days}>
                {expiry.label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {canMakeAccountKey ? (
        <CheckboxField
          label="A key of the organisation"
          hint="It outlives people. Otherwise it has your rights and ends when you are deactivated."
          checked={account}
          onChange={(event) => setAccount(event.target.checked)}
        />
      ) : null}
      <Button type="submit" variant="primary" className="self-end" pending={pending} pendingLabel="Making…">
        Make the key
      </Button>
    </form>
  );
}
