"use client";

import { CONTACT_KINDS } from "#components/people/contact-kinds";
import { WebhookFields } from "#components/people/webhook-fields";
import type { WebhookExtras } from "#components/people/webhook-fields";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { fieldErrors } from "#lib/browser/api";
import type { NewContactMethod } from "#lib/notifications/client";

export type ContactDraft = { address: string; label: string; token: string; extras: WebhookExtras };
export const EMPTY_DRAFT: ContactDraft = {
  address: "",
  label: "",
  token: "",
  extras: { template: null, headers: "" },
};

interface ContactMethodFormProps {
  channel: NewContactMethod["channel"];
  draft: ContactDraft;
  pending: boolean;
  error: Error | null;
  onChange: (draft: ContactDraft) => void;
  onAdd: () => void;
}

/** What one way to reach somebody needs to know. */
export function ContactMethodForm(props: ContactMethodFormProps) {
  const { channel, draft, pending, error, onChange, onAdd } = props;
  const kind = CONTACT_KINDS[channel];
  const atField = ["address", "label", "token", "template", "headers"].some(
    (field) => fieldErrors(error, field).length > 0,
  );
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        onAdd();
      }}
    >
      {kind.steps.length === 0 ? null : (
        <ul className="list-disc pl-5 text-table text-text-2">
          {kind.steps.map((step, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- the list never changes
            <li key={index}>{step}</li>
          ))}
        </ul>
      )}
      <Field label={kind.field} errors={fieldErrors(error, "address")}>
        {(control) => (
          <Input
            {...control}
            type={kind.type}
            required
            autoCapitalize="none"
            spellCheck={false}
            value={draft.address}
            placeholder={kind.placeholder}
            onChange={(event) => onChange({ ...draft, address: event.target.value })}
          />
        )}
      </Field>
      {channel === "ntfy" ? (
        <Field
          label="Access token"
          optional
          hint="For a protected topic."
          errors={fieldErrors(error, "token")}
        >
          {(control) => (
            <Input
              {...control}
              type="password"
              autoComplete="off"
              value={draft.token}
              onChange={(event) => onChange({ ...draft, token: event.target.value })}
            />
          )}
        </Field>
      ) : null}
      {channel === "webhook" ? (
        <WebhookFields
          extras={draft.extras}
          errors={{ template: fieldErrors(error, "template"), headers: fieldErrors(error, "headers") }}
          onChange={(extras) => onChange({ ...draft, extras })}
        />
      ) : null}
      <Field label="Name" optional errors={fieldErrors(error, "label")}>
        {(control) => (
          <Input
            {...control}
            maxLength={100}
            value={draft.label}
            placeholder={kind.label}
            onChange={(event) => onChange({ ...draft, label: event.target.value })}
          />
        )}
      </Field>
      {error && !atField ? <Callout tone="danger" title={`Not added: ${error.message}`} /> : null}
      <Button type="submit" variant="primary" className="self-end" pending={pending} pendingLabel="Adding…">
        Add
      </Button>
    </form>
  );
}
