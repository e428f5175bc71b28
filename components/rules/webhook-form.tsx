"use client";

import { useState } from "react";
import { ChangeForm } from "#components/settings/change-form";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { CodeBlock } from "#components/ui/code-block";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Textarea } from "#components/ui/textarea";
import { ApiProblem, fieldErrors } from "#lib/browser/api";
import { createRuleWebhook, updateRuleWebhook } from "#lib/rules/client";
import type { WebhookOfRules } from "#lib/rules/client";

interface WebhookFormProps {
  /** Null: a new one. */
  webhook: WebhookOfRules | null;
  onDone: () => void;
}

/** Where a webhook is and what is sent; its headers are written and never shown. */
export function WebhookForm({ webhook, onDone }: WebhookFormProps) {
  const [draft, setDraft] = useState<Draft>(() => draftOf(webhook));
  const save = useChange<void, { signingSecret: string } | null>({
    change: () => saved(webhook, draft),
    done: webhook === null ? "Webhook added" : "Webhook saved",
    onDone: () => {
      if (webhook !== null) onDone();
    },
  });
  if (save.data) return <Secret secret={save.data.signingSecret} onDone={onDone} />;
  return (
    <ChangeForm
      change={save}
      label={webhook === null ? "Add webhook" : "Save"}
      pendingLabel="Saving…"
      refused="Not saved"
    >
      <Fields
        draft={draft}
        headerNames={webhook?.headerNames ?? []}
        error={save.error}
        set={(changed) => setDraft({ ...draft, ...changed })}
      />
    </ChangeForm>
  );
}

type Draft = { name: string; url: string; headers: string; template: string };

function draftOf(webhook: WebhookOfRules | null): Draft {
  return {
    name: webhook?.name ?? "",
    url: webhook?.url ?? "",
    headers: "",
    template: webhook?.template ?? "",
  };
}

function saved(webhook: WebhookOfRules | null, { name, url, headers, template }: Draft) {
  const common = { name, url, template: template.trim() === "" ? null : template };
  const given = headers.trim() === "" ? {} : { headers: headersOf(headers) };
  if (webhook === null) return createRuleWebhook({ ...common, ...given });
  return updateRuleWebhook(webhook.id, { ...common, ...given });
}

interface FieldsProps {
  draft: Draft;
  /** Of the headers that it has. */
  headerNames: readonly string[];
  error: Error | null;
  set: (changed: Partial<Draft>) => void;
}

function Fields({ draft, headerNames, error, set }: FieldsProps) {
  return (
    <>
      <Field label="Name" errors={fieldErrors(error, "name")}>
        {(control) => (
          <Input
            {...control}
            required
            maxLength={100}
            value={draft.name}
            onChange={({ target }) => set({ name: target.value })}
          />
        )}
      </Field>
      <Field label="Address" errors={fieldErrors(error, "url")}>
        {(control) => (
          <Input
            {...control}
            required
            type="url"
            spellCheck={false}
            placeholder="https://"
            value={draft.url}
            onChange={({ target }) => set({ url: target.value })}
          />
        )}
      </Field>
      <Field
        label="Headers"
        optional
        hint={
          headerNames.length === 0
            ? "One a line, as Authorization: Bearer … Kept encrypted and never shown."
            : `Has ${headerNames.join(", ")}. What is written here replaces them.`
        }
        errors={problemsWith(error, "headers")}
      >
        {(control) => (
          <Textarea
            {...control}
            className="font-mono text-table"
            spellCheck={false}
            autoComplete="off"
            value={draft.headers}
            onChange={({ target }) => set({ headers: target.value })}
          />
        )}
      </Field>
      <Field
        label="Body"
        optional
        hint='JSON that may name fields in quotes, as {"text": "{{event.summary}}"}. Empty: the event, the rule and what it found.'
        errors={fieldErrors(error, "template")}
      >
        {(control) => (
          <Textarea
            {...control}
            className="font-mono text-table"
            spellCheck={false}
            value={draft.template}
            onChange={({ target }) => set({ template: target.value })}
          />
        )}
      </Field>
    </>
  );
}

function Secret({ secret, onDone }: { secret: string; onDone: () => void }) {
  return (
    <div className="flex flex-col gap-4">
      <p className="text-body text-text-2">
        Each call is signed with this secret in X-Touchline-Signature: t=seconds,v1=HMAC-SHA256 of “t.body”.
        It is shown this once.
      </p>
      <CodeBlock name="Signing secret" code={secret} wrap />
      <Button variant="primary" className="self-end" onClick={onDone}>
        Done
      </Button>
    </div>
  );
}

function headersOf(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => {
        const at = line.indexOf(":");
        return [line.slice(0, at < 0 ? undefined : at).trim(), at < 0 ? "" : line.slice(at + 1).trim()];
      }),
  );
}

/** Of a field and of what is within it. */
function problemsWith(error: unknown, field: string): string[] {
  if (!(error instanceof ApiProblem)) return [];
  return error.fields.flatMap(({ field: named, message }) =>
    named === field || named.startsWith(`${field}.`) ? [message] : [],
  );
}
