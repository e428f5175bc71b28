"use client";

import { useState } from "react";
import { WebhookForm } from "#components/rules/webhook-form";
import { useChange } from "#components/settings/use-change";
import { Time } from "#components/time/time";
import { Badge } from "#components/ui/badge";
import type { Hue } from "#components/ui/badge";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { Dialog } from "#components/ui/dialog";
import { Disclosure } from "#components/ui/disclosure";
import { deleteRuleWebhook, testRuleWebhook } from "#lib/rules/client";
import type { WebhookOfRules } from "#lib/rules/client";

interface WebhookCardProps {
  webhooks: readonly WebhookOfRules[];
  canEdit: boolean;
}

/** Programs of other people that rules can call, and how that went. */
export function WebhookCard({ webhooks, canEdit }: WebhookCardProps) {
  const [adding, setAdding] = useState(false);
  return (
    <Card
      title="Webhooks"
      subtitle="Called by rules that name them, once a minute about one key at most"
      flush
      actions={
        canEdit ? (
          <Dialog
            title="Add a webhook"
            open={adding}
            onOpenChange={setAdding}
            trigger={<Button size="small">Add webhook</Button>}
          >
            <WebhookForm webhook={null} onDone={() => setAdding(false)} />
          </Dialog>
        ) : undefined
      }
    >
      {webhooks.length === 0 ? (
        <p className="p-4 text-table text-text-2">
          None yet. A rule that matches can call one to restart a job, open a ticket or tell a chat.
        </p>
      ) : (
        <ul aria-label="Webhooks">
          {webhooks.map((webhook) => (
            <WebhookRow key={webhook.id} webhook={webhook} canEdit={canEdit} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function WebhookRow({ webhook, canEdit }: { webhook: WebhookOfRules; canEdit: boolean }) {
  const [open, setOpen] = useState<"edit" | "delete" | null>(null);
  const close = () => setOpen(null);
  const { id, name, host, headerNames, template } = webhook;
  const test = useChange({
    change: () => testRuleWebhook(id),
    done: "Test call queued; what comes of it is shown here.",
    failed: "Not called",
  });
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-1 border-b px-4 py-3 last:border-b-0">
      <div className="min-w-48 flex-1">
        <p className="font-medium [overflow-wrap:anywhere]">{name}</p>
        <p className="text-table [overflow-wrap:anywhere] text-text-2">
          {host}
          {headerNames.length === 0 ? "" : ` · with ${headerNames.join(", ")}`}
          {template === null ? "" : " · a body of its own"}
        </p>
        <Calls webhook={webhook} />
      </div>
      {canEdit ? (
        <span className="flex gap-1">
          <Button
            size="small"
            aria-label={`Test ${name}`}
            pending={test.isPending}
            pendingLabel="Calling…"
            onClick={() => test.mutate()}
          >
            Test
          </Button>
          <Button size="small" variant="ghost" aria-label={`Edit ${name}`} onClick={() => setOpen("edit")}>
            Edit
          </Button>
          <Button
            size="small"
            variant="ghost"
            aria-label={`Delete ${name}`}
            onClick={() => setOpen("delete")}
          >
            Delete
          </Button>
        </span>
      ) : null}
      {open === "edit" ? (
        <Dialog title={`Edit ${name}`} open onOpenChange={close}>
          <WebhookForm webhook={webhook} onDone={close} />
        </Dialog>
      ) : null}
      {open === "delete" ? <DeleteWebhook webhook={webhook} onClose={close} /> : null}
    </li>
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

function DeleteWebhook({ webhook, onClose }: { webhook: WebhookOfRules; onClose: () => void }) {
  const remove = useChange({
    change: () => deleteRuleWebhook(webhook.id),
    done: `${webhook.name} deleted`,
    failed: "Webhook not deleted",
    onDone: onClose,
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Delete ${webhook.name}?`}
      confirmLabel="Delete the webhook"
      danger
      pending={remove.isPending}
      onConfirm={() => remove.mutate()}
    >
      Calls that wait are not made. Rules that name it go on and call nobody.
    </ConfirmDialog>
  );
}
