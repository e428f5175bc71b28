"use client";

import { useChange } from "#components/settings/use-change";
import { Callout } from "#components/ui/callout";
import { Card } from "#components/ui/card";
import { CheckboxField } from "#components/ui/checkbox";
import { methodWords } from "#lib/notifications/capability";
import { setNotificationRules } from "#lib/notifications/client";
import type { Rule, Settings } from "#lib/notifications/client";

interface EventRulesCardProps {
  userId: string;
  settings: Settings;
}

const KINDS = [
  {
    kind: "changed",
    title: "Somebody else changed an incident of mine",
    hint: "Acknowledged, escalated, reassigned or resolved, of high urgency. Nothing chosen: you are not told.",
  },
  {
    kind: "requested",
    title: "I am asked to join an incident",
    hint: "Nothing chosen: by your steps for high urgency, until you answer.",
  },
  {
    kind: "status_update",
    title: "Status updates of incidents I take part in",
    hint: "What others write on incidents that you have, were paged about or worked on. Nothing chosen: you are not told.",
  },
] as const;

/** By which ways a person is told of what is no assignment; each tick takes effect at once. */
export function EventRulesCard({ userId, settings }: EventRulesCardProps) {
  return (
    <Card title="Other events" subtitle="Which ways are used, each at once">
      <div className="flex flex-col gap-5">
        {KINDS.map((kind) => (
          <Kind key={kind.kind} userId={userId} settings={settings} {...kind} />
        ))}
      </div>
    </Card>
  );
}

interface KindProps extends EventRulesCardProps {
  kind: (typeof KINDS)[number]["kind"];
  title: string;
  hint: string;
}

function Kind({ userId, settings, kind, title, hint }: KindProps) {
  const rules = settings.rules.filter((rule) => rule.kind === kind);
  const save = useChange({
    change: (next: readonly Rule[]) => setNotificationRules(userId, { kind, urgency: null }, next),
    done: "Saved",
  });
  const chosen = new Set(rules.map(({ contactMethodId }) => contactMethodId));
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="text-body font-medium">{title}</legend>
      <p className="text-table text-text-2">{hint}</p>
      {save.error ? <Callout tone="danger" title={`Not saved: ${save.error.message}`} /> : null}
      {settings.contactMethods.map((method) => (
        <CheckboxField
          key={method.id}
          label={methodWords(method)}
          checked={chosen.has(method.id)}
          disabled={save.isPending}
          onChange={({ target: { checked: isOn } }) =>
            save.mutate([
              ...rules
                .filter(({ contactMethodId }) => contactMethodId !== method.id)
                .map(({ contactMethodId, delayMinutes }) => ({ contactMethodId, delayMinutes })),
              ...(isOn ? [{ contactMethodId: method.id, delayMinutes: 0 }] : []),
            ])
          }
        />
      ))}
    </fieldset>
  );
}
