"use client";

import { useState } from "react";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
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
  const [name, setName] = useState(webhook?.name ?? "");
  const [url, setUrl] = useState(webhook?.url ?? "");
  const [headers, setHeaders] = useState("");
  const [template, setTemplate] = useState(webhook?.template ?? "");
  const save = useChange<void, { signingSecret: string } | null>({
    change: () => {
      const common = { name, url, template: template.trim() === "" ? null : template };
      const given = headers.trim() === "" ? {} : { headers: headersOf(headers) };
      if (webhook === null) return createRuleWebhook({ ...common, ...given });
      return updateRuleWebhook(webhook.id, { ...common, ...given });
    },
    done: webhook === null ? "Webhook added" : "Webhook saved",
    onDone: () => {
      if (webhook !== null) onDone();
    },
  });
  if (save.data) return <Secret secret={save.data.signingSecret} onDone={onDone} />;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
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
      <Field label="Address" errors={fieldErrors(save.error, "url")}>
        {(control) => (
          <Input
            {...control}
            required
            type="url"
            spellCheck={false}
            placeholder="https://"
            value={url}
            onChange={({ target }) => setUrl(target.value)}
          />
        )}
      </Field>
      <Field
        label="Headers"
        optional
        hint={
          webhook === null || webhook.headerNames.length === 0
            ? "One a line, as Authorization: Bearer … Kept encrypted and never shown."
            : `Has ${webhook.headerNames.join(", ")}. What is written here replaces them.`
        }
        errors={problemsWith(save.error, "headers")}
      >
        {(control) => (
          <Textarea
            {...control}
            className="font-mono text-table"
            spellCheck={false}
            autoComplete="off"
            value={headers}
            onChange={({ target }) => setHeaders(target.value)}
          />
        )}
      </Field>
      <Field
        label="Body"
        optional
        hint='JSON that may name fields in quotes, as {"text": "{{event.summary}}"}. Empty: the event, the rule and what it found.'
        errors={fieldErrors(save.error, "template")}
      >
        {(control) => (
          <Textarea
            {...control}
            className="font-mono text-table"
            spellCheck={false}
            value={template}
            onChange={({ target }) => setTemplate(target.value)}
          />
        )}
      </Field>
      {save.error === null ? null : <Callout tone="danger" title={`Not saved: ${save.error.message}`} />}
      <Button
        type="submit"
        variant="primary"
        className="self-end"
        pending={save.isPending}
        pendingLabel="Saving…"
      >
        {webhook === null ? "Add webhook" : "Save"}
      </Button>
    </form>
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
