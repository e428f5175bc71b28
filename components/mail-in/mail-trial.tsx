"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSettled } from "#components/schedules/use-settled";
import { Callout } from "#components/ui/callout";
import { CodeBlock } from "#components/ui/code-block";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { Textarea } from "#components/ui/textarea";
import { mailTrialOptions } from "#lib/mail-in/client";
import type { Mailbox, MailTrialDto } from "#lib/mail-in/client";
import type { MailSettings } from "#lib/mail-in/mail-rules";

const EXAMPLE = { from: "monitor@example.com", subject: "Job 42 failed", body: "Host: db-1" };

interface MailTrialProps {
  integrationId: string;
  stored: Mailbox["stored"];
  /** As they are written now. */
  settings: MailSettings;
}

/** What the settings as they are written would make of a mail that came, or of another. */
export function MailTrial({ integrationId, stored, settings }: MailTrialProps) {
  const [mail, setMail] = useState(() => mailOf(stored[0]) ?? EXAMPLE);
  const draft = useSettled({ settings, mail }, 250);
  const trial = useQuery({
    ...mailTrialOptions(integrationId, draft),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const set = (changed: Partial<typeof mail>) => setMail({ ...mail, ...changed });
  const chosen = stored.find(
    ({ subject, body, from }) => subject === mail.subject && body === mail.body && from === mail.from,
  );
  return (
    <section aria-label="Try it on a mail" className="flex min-w-0 flex-col gap-3">
      {stored.length === 0 ? null : (
        <Field label="Try it on">
          {(control) => (
            <Select
              {...control}
              value={chosen?.id ?? ""}
              onChange={({ target }) => {
                const found = mailOf(stored.find(({ id }) => id === target.value));
                if (found) setMail(found);
              }}
            >
              <option value="">The mail below</option>
              {stored.map(({ id, from, subject }) => (
                <option key={id} value={id}>
                  {`${subject.slice(0, 80) || "(no subject)"}, ${from}`}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      <Field label="From">
        {(control) => (
          <Input {...control} value={mail.from} onChange={({ target }) => set({ from: target.value })} />
        )}
      </Field>
      <Field label="Subject">
        {(control) => (
          <Input
            {...control}
            value={mail.subject}
            onChange={({ target }) => set({ subject: target.value })}
          />
        )}
      </Field>
      <Field label="Body">
        {(control) => (
          <Textarea
            {...control}
            rows={5}
            value={mail.body}
            onChange={({ target }) => set({ body: target.value })}
          />
        )}
      </Field>
      {trial.error === null ? null : (
        <Callout tone="warning" title={`It can't be tried yet: ${trial.error.message}`} />
      )}
      {trial.data === undefined ? null : <Outcome trial={trial.data} />}
    </section>
  );
}

function mailOf(stored: Mailbox["stored"][number] | undefined) {
  if (!stored) return null;
  const { from, subject, body } = stored;
  return { from, subject, body };
}

function Outcome({ trial: { errors, isAllowed, decision } }: { trial: MailTrialDto }) {
  const [error] = errors;
  return (
    <output className="flex flex-col gap-2">
      {error ? <Callout tone="danger" title={`Not understood: ${error.message}`} /> : null}
      {!isAllowed ? (
        <Callout tone="warning" title="Refused: this sender may not write here." />
      ) : decision.kind === "discard" ? (
        <Callout tone="warning" title={`Discarded: ${decision.because}.`} />
      ) : (
        <>
          <Callout
            tone="info"
            title={
              decision.action === "resolve"
                ? "It ends the alert of its key."
                : "It opens an alert, or counts on one that is open."
            }
          >
            Key <code className="font-mono [overflow-wrap:anywhere]">{decision.dedupKey}</code>
          </Callout>
          {Object.keys(decision.values).length === 0 ? null : (
            <CodeBlock name="What else it keeps" code={JSON.stringify(decision.values, null, 2)} />
          )}
        </>
      )}
    </output>
  );
}
