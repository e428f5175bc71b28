"use client";

import { useState } from "react";
import { ProviderFields } from "#components/channels/provider-fields";
import type { ProviderValues } from "#components/channels/provider-fields";
import { ChangeForm } from "#components/settings/change-form";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { CodeBlock } from "#components/ui/code-block";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { fieldErrors } from "#lib/browser/api";
import { updateProvider } from "#lib/notifications/client";
import type { Provider } from "#lib/notifications/client";
import { isTelephonyKind, REPLY_PLACES, TELEPHONY_FIELDS } from "#lib/notifications/provider-fields";

interface EditProviderProps {
  provider: Provider;
  /** The address that takes people's replies. */
  replyUrl: string;
}

/** The settings of a provider, and the address to give to it. */
export function EditProvider({ provider, replyUrl }: EditProviderProps) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      title={`Set-up of ${provider.name}`}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="small" aria-label={`Set-up of ${provider.name}`}>
          Set-up
        </Button>
      }
    >
      <EditForm provider={provider} replyUrl={replyUrl} onDone={() => setOpen(false)} />
    </Dialog>
  );
}

function EditForm({ provider, replyUrl, onDone }: EditProviderProps & { onDone: () => void }) {
  const { id, kind, channel, secretFields } = provider;
  const [name, setName] = useState(provider.name);
  const [values, setValues] = useState<ProviderValues>({ settings: provider.settings, secret: {} });
  const save = useChange({
    change: () => updateProvider(id, { name, ...values }),
    done: "Provider saved",
    onDone,
  });
  const place = isTelephonyKind(kind) && channel === "sms" ? REPLY_PLACES[kind] : null;
  const fields = isTelephonyKind(kind) ? TELEPHONY_FIELDS[kind] : [];
  return (
    <ChangeForm change={save} label="Save" pendingLabel="Saving…" refused="Not saved">
      {place === null ? null : (
        <div className="flex flex-col gap-2">
          <p className="text-body text-text-2">{place}</p>
          <CodeBlock name="Address for replies" code={replyUrl} wrap />
        </div>
      )}
      {provider.isUnreadable ? (
        <Callout tone="danger" title="The secrets can’t be read any more: enter them again." />
      ) : null}
      <Field label="Name" errors={fieldErrors(save.error, "name")}>
        {(control) => (
          <Input
            {...control}
            required
            maxLength={100}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        )}
      </Field>
      <ProviderFields
        fields={fields.filter(({ only }) => !only || only.includes(channel))}
        values={values}
        stored={secretFields}
        error={save.error}
        onChange={setValues}
      />
    </ChangeForm>
  );
}
