"use client";

import { CheckboxField } from "#components/ui/checkbox";
import { CodeBlock } from "#components/ui/code-block";
import { Disclosure } from "#components/ui/disclosure";
import { Field } from "#components/ui/field";
import { Textarea } from "#components/ui/textarea";
import { SAMPLE_PAGE } from "#lib/notifications/sample-page";
import {
  renderWebhookTemplate,
  TEMPLATE_FIELDS,
  webhookTemplateFault,
} from "#lib/notifications/webhook-template";

export type WebhookExtras = { template: string | null; headers: string };

interface WebhookFieldsProps {
  extras: WebhookExtras;
  errors: { template: readonly string[]; headers: readonly string[] };
  onChange: (extras: WebhookExtras) => void;
}

const FIRST_TEMPLATE = `{
  "text": "{{title}}",
  "details": "{{text}}",
  "link": "{{open_url}}"
}`;

/** A webhook's own document, with a preview of what a page looks like in it, and its headers. */
export function WebhookFields({ extras, errors, onChange }: WebhookFieldsProps) {
  const { template, headers } = extras;
  const fault = template === null ? null : webhookTemplateFault(template, SAMPLE_PAGE);
  return (
    <>
      <CheckboxField
        label="Send a document of my own shape"
        hint="For a receiver that expects other fields than ours."
        checked={template !== null}
        onChange={(event) => onChange({ ...extras, template: event.target.checked ? FIRST_TEMPLATE : null })}
      />
      {template === null ? null : (
        <>
          <Field
            label="JSON, with {{placeholders}} in quotes"
            errors={fault === null ? errors.template : [fault]}
          >
            {(control) => (
              <Textarea
                {...control}
                rows={6}
                spellCheck={false}
                className="font-mono text-table"
                value={template}
                onChange={(event) => onChange({ ...extras, template: event.target.value })}
              />
            )}
          </Field>
          {fault === null ? (
            <CodeBlock name="Preview of a page" code={renderWebhookTemplate(template, SAMPLE_PAGE)} wrap />
          ) : null}
          <Disclosure summary="All placeholders">
            <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 text-table">
              {Object.entries(TEMPLATE_FIELDS).map(([name, meaning]) => (
                <div key={name} className="contents">
                  <dt>
                    <code>{`{{${name}}}`}</code>
                  </dt>
                  <dd className="text-text-2">{meaning}</dd>
                </div>
              ))}
            </dl>
          </Disclosure>
        </>
      )}
      <Field
        label="Headers"
        optional
        hint="One a line, like “Authorization: Bearer …”. Kept encrypted."
        errors={errors.headers}
      >
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            spellCheck={false}
            className="font-mono text-table"
            value={headers}
            onChange={(event) => onChange({ ...extras, headers: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

/** `Name: value` lines as an object; later lines win. */
export function readHeaderLines(text: string): Record<string, string> {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf(":");
      return at < 0 ? [line.trim(), ""] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    }),
  );
}
