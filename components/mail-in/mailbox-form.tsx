"use client";

import { useState } from "react";
import { MailFilters } from "#components/mail-in/mail-filters";
import { MailRuleFields } from "#components/mail-in/mail-rule-fields";
import { MailTrial } from "#components/mail-in/mail-trial";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { CheckboxField } from "#components/ui/checkbox";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { Textarea } from "#components/ui/textarea";
import { SEVERITIES } from "#lib/alerts/vocabulary";
import { ApiProblem, fieldErrors } from "#lib/browser/api";
import { updateMailbox } from "#lib/mail-in/client";
import type { Mailbox } from "#lib/mail-in/client";
import { MAIL_CREATION } from "#lib/mail-in/mail-rules";
import type { MailSettings } from "#lib/mail-in/mail-rules";

const CREATION: Record<(typeof MAIL_CREATION)[number], string> = {
  on_new_email: "Every mail",
  on_new_email_subject: "Every new subject",
  only_if_no_open_incidents: "A mail while none is open",
  use_rules: "By rules",
};

/** Who may write to an address, and how mail becomes events. */
export function MailboxForm({ mailbox }: { mailbox: Mailbox }) {
  const [localPart, setLocalPart] = useState(mailbox.localPart);
  const [settings, setSettings] = useState(mailbox.settings);
  const [senders, setSenders] = useState(mailbox.settings.allowedSenders.join("\n"));
  const [isCustomers, setIsCustomers] = useState(mailbox.detectionSource === "customer_report");
  const set = (change: Partial<MailSettings>) => setSettings({ ...settings, ...change });
  const written = {
    ...settings,
    allowedSenders: senders.split(/[\s,]+/).filter((entry) => entry !== ""),
  };
  const save = useChange({
    change: () =>
      updateMailbox({
        integrationId: mailbox.integrationId,
        localPart,
        detectionSource: isCustomers ? "customer_report" : "monitoring",
        settings: written,
      }),
    done: "Mail settings saved",
  });
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <form
        className="flex min-w-0 flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Field label="Before the @" errors={fieldErrors(save.error, "localPart")}>
          {(control) => (
            <Input
              {...control}
              required
              maxLength={63}
              spellCheck={false}
              value={localPart}
              onChange={(event) => setLocalPart(event.target.value)}
            />
          )}
        </Field>
        <SenderFields
          settings={settings}
          senders={senders}
          isCustomers={isCustomers}
          error={save.error}
          onSenders={setSenders}
          onCustomers={setIsCustomers}
          onChange={set}
        />
        <AlertFields settings={settings} onChange={set} />
        <MailFilters settings={settings} error={save.error} onChange={set} />
        {settings.creation === "use_rules" ? (
          <MailRuleFields settings={settings} errors={errorsOf(save.error)} onChange={set} />
        ) : null}
        {save.error ? <Callout tone="danger" title={`Not saved: ${save.error.message}`} /> : null}
        <Button
          type="submit"
          variant="primary"
          className="self-start"
          pending={save.isPending}
          pendingLabel="Saving…"
        >
          Save mail settings
        </Button>
      </form>
      <MailTrial integrationId={mailbox.integrationId} stored={mailbox.stored} settings={written} />
    </div>
  );
}

type Change = (change: Partial<MailSettings>) => void;

interface SenderFieldsProps {
  settings: MailSettings;
  senders: string;
  isCustomers: boolean;
  error: Error | null;
  onSenders: (senders: string) => void;
  onCustomers: (isCustomers: boolean) => void;
  onChange: Change;
}

function SenderFields(props: SenderFieldsProps) {
  const { settings, senders, isCustomers, error, onSenders, onCustomers, onChange } = props;
  return (
    <>
      <Field
        label="Who may write"
        optional
        hint="Addresses or domains, one a line. Empty: anybody."
        errors={fieldErrors(error, "settings.allowedSenders")}
      >
        {(control) => (
          <Textarea
            {...control}
            spellCheck={false}
            value={senders}
            onChange={(event) => onSenders(event.target.value)}
          />
        )}
      </Field>
      <CheckboxField
        label="Accept mail from verified senders only"
        hint="By SPF or DKIM of the domain in From. Mail that a domain's own SPF forbids is never taken."
        checked={settings.requireProof}
        onChange={(event) => onChange({ requireProof: event.target.checked })}
      />
      <CheckboxField
        label="Customers saw it first"
        hint="Its incidents count as reported by customers, not found by monitoring."
        checked={isCustomers}
        onChange={(event) => onCustomers(event.target.checked)}
      />
      <CheckboxField
        label="Answer with the number of the incident"
        hint="Never to programs. Replies to it become notes."
        checked={settings.autoAnswer}
        onChange={(event) => onChange({ autoAnswer: event.target.checked })}
      />
    </>
  );
}

function AlertFields({ settings, onChange }: { settings: MailSettings; onChange: Change }) {
  return (
    <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
      <Field label="Opens an alert">
        {(control) => (
          <Select
            {...control}
            value={settings.creation}
            onChange={(event) => {
              const creation = MAIL_CREATION.find((known) => known === event.target.value);
              if (creation) onChange({ creation });
            }}
          >
            {MAIL_CREATION.map((creation) => (
              <option key={creation} value={creation}>
                {CREATION[creation]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Severity">
        {(control) => (
          <Select
            {...control}
            value={settings.severity}
            onChange={(event) => {
              const severity = SEVERITIES.find((known) => known === event.target.value);
              if (severity) onChange({ severity });
            }}
          >
            {SEVERITIES.map((severity) => (
              <option key={severity}>{severity}</option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  );
}

function errorsOf(error: Error | null) {
  return error instanceof ApiProblem ? error.fields : [];
}
