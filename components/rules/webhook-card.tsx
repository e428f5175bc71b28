"use client";

import { NamedList, NamedRow } from "#components/rules/named-list";
import { WebhookForm } from "#components/rules/webhook-form";
import { useChange } from "#components/settings/use-change";
import { Time } from "#components/time/time";
import { Badge } from "#components/ui/badge";
import type { Hue } from "#components/ui/badge";
import { Button } from "#components/ui/button";
import { Disclosure } from "#components/ui/disclosure";
import { deleteRuleWebhook, testRuleWebhook } from "#lib/rules/client";
import type { WebhookOfRules } from "#lib/rules/client";

interface WebhookCardProps {
  webhooks: readonly WebhookOfRules[];
  canEdit: boolean;
}

/** Programs of other people that rules can call, and how that went. */
export function WebhookCard({ webhooks, canEdit }: WebhookCardProps) {
  return (
    <NamedList
      title="Webhooks"
      subtitle="Called by rules that name them, once a minute about one key at most"
      noun="webhook"
      empty="None yet. A rule that matches can call one to restart a job, open a ticket or tell a chat."
      isEmpty={webhooks.length === 0}
      canEdit={canEdit}
      form={(close) => <WebhookForm webhook={null} onDone={close} />}
    >
      {webhooks.map((webhook) => (
        <WebhookRow key={webhook.id} webhook={webhook} canEdit={canEdit} />
      ))}
    </NamedList>
  );
}

function WebhookRow({ webhook, canEdit }: { webhook: WebhookOfRules; canEdit: boolean }) {
  const { id, name, host, headerNames, template } = webhook;
  const test = useChange({
    change: () => testRuleWebhook(id),
    done: "Test call queued; what comes of it is shown here.",
    failed: "Not called",
  });
  return (
    <NamedRow
      name={name}
      canEdit={canEdit}
      actions={
        canEdit ? (
          <Button
            size="small"
            aria-label={`Test ${name}`}
            pending={test.isPending}
            pendingLabel="Calling…"
            onClick={() => test.mutate()}
          >
            Test
          </Button>
        ) : null
      }
      form={(close) => <WebhookForm webhook={webhook} onDone={close} />}
      remove={() => deleteRuleWebhook(id)}
      deletion={{
        what: "webhook",
        consequences: "Calls that wait are not made. Rules that name it go on and call nobody.",
      }}
    >
      <p className="font-medium [overflow-wrap:anywhere]">{name}</p>
      <p className="text-table [overflow-wrap:anywhere] text-text-2">
        {host}
        {headerNames.length === 0 ? "" : ` · with ${headerNames.join(", ")}`}
        {template === null ? "" : " · a body of its own"}
      </p>
      <Calls webhook={webhook} />
    </NamedRow>
  );
}

const HUES: Record<WebhookOfRules["calls"][number]["state"], Hue> = {
  waiting: "amber",
  delivered: "green",
  failed: "red",
};

function Calls({ webhook: { name, calls } }: { webhook: WebhookOfRules }) {
  const [last] = calls;
  if (!last) return <p className="text-meta text-text-3">Not called yet</p>;
  return (
    <Disclosure
      summary={
        <span className="flex flex-wrap items-center gap-x-2 text-table">
          Last call <Badge hue={HUES[last.state]}>{last.state}</Badge> <Time at={last.at} />
        </span>
      }
    >
      <ul aria-label={`Last calls of ${name}, newest first`} className="flex flex-col gap-1">
        {calls.map(({ id, at, rule, state, occurrences, attempts, error }) => (
          <li key={id} className="text-meta [overflow-wrap:anywhere] text-text-2">
            <Time at={at} /> · {rule === null ? "a test" : rule.label}
            {occurrences > 1 ? `, ${occurrences} events` : ""} · {state}
            {attempts > 1 ? ` in ${attempts} attempts` : ""}
            {error === null ? "" : `: ${error}`}
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
