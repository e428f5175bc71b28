"use client";

import { Plus, X } from "lucide-react";
import { useState } from "react";
import { ChannelIcon } from "#components/people/channel-icon";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Card } from "#components/ui/card";
import { Field } from "#components/ui/field";
import { IconButton } from "#components/ui/icon-button";
import { Select } from "#components/ui/select";
import { methodWords } from "#lib/notifications/capability";
import { setNotificationRules } from "#lib/notifications/client";
import type { Rule, Settings } from "#lib/notifications/client";
import type { HandoffType } from "#lib/notifications/vocabulary";
import { HANDOFF_TYPES } from "#lib/notifications/vocabulary";

interface HandoffRulesCardProps {
  userId: string;
  settings: Settings;
}

const ENDS: Record<HandoffType, string> = {
  both: "begins or ends",
  oncall: "begins",
  offcall: "ends",
};

const ADVANCES: readonly (readonly [minutes: number, words: string])[] = [
  [0, "when it happens"],
  [15, "15 min before"],
  [60, "1 h before"],
  [720, "12 h before"],
  [1440, "1 day before"],
  [2880, "2 days before"],
];

/** When a person hears that a shift of theirs begins or ends. */
export function HandoffRulesCard({ userId, settings }: HandoffRulesCardProps) {
  const rules = settings.rules.filter(({ kind }) => kind === "handoff");
  const save = useChange({
    change: (next: readonly Rule[]) => setNotificationRules(userId, { kind: "handoff", urgency: null }, next),
    done: "Saved",
  });
  const plain = rules.map(({ contactMethodId, advanceMinutes, handoffType }) => ({
    contactMethodId,
    delayMinutes: 0,
    advanceMinutes,
    handoffType,
  }));
  return (
    <Card title="Shifts" subtitle="Told that you go on or off call">
      <div className="flex flex-col gap-3">
        {save.error ? <Callout tone="danger" title={`Not saved: ${save.error.message}`} /> : null}
        {rules.length === 0 ? (
          <p className="text-body text-text-2">You are not told when your shifts begin and end.</p>
        ) : (
          <ul className="flex flex-col">
            {rules.map((rule, index) => {
              const method = settings.contactMethods.find(({ id }) => id === rule.contactMethodId);
              const words = `${method?.label ?? "A removed contact method"}, ${advanceWords(rule.advanceMinutes ?? 0)} a shift ${ENDS[rule.handoffType ?? "both"]}`;
              return (
                <li key={rule.id} className="flex min-h-9 items-center gap-2 text-body touch:min-h-11">
                  {method === undefined ? null : <ChannelIcon channel={method.channel} />}
                  <span className="min-w-0 flex-1">{words}</span>
                  <IconButton
                    name={`Remove: ${words}`}
                    size="small"
                    icon={<X aria-hidden />}
                    onClick={() => save.mutate(plain.filter((_, at) => at !== index))}
                  />
                </li>
              );
            })}
          </ul>
        )}
        {settings.contactMethods.length === 0 ? null : (
          <AddRule
            settings={settings}
            pending={save.isPending}
            onAdd={(rule) => save.mutate([...plain, rule])}
          />
        )}
      </div>
    </Card>
  );
}

function advanceWords(minutes: number): string {
  const known = ADVANCES.find(([of]) => of === minutes);
  if (minutes === 0) return "when";
  return known ? known[1] : `${minutes} min before`;
}

interface AddRuleProps {
  settings: Settings;
  pending: boolean;
  onAdd: (rule: Rule) => void;
}

function AddRule({ settings, pending, onAdd }: AddRuleProps) {
  const [methodId, setMethodId] = useState(settings.contactMethods[0]?.id ?? "");
  const [advance, setAdvance] = useState("0");
  const [ends, setEnds] = useState<HandoffType>("both");
  return (
    <form
      className="flex flex-wrap items-end gap-2 border-t pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        onAdd({
          contactMethodId: methodId,
          delayMinutes: 0,
          advanceMinutes: Number(advance),
          handoffType: ends,
        });
      }}
    >
      <Field label="Tell me by" className="min-w-36 flex-1">
        {(control) => (
          <Select {...control} value={methodId} onChange={(event) => setMethodId(event.target.value)}>
            {settings.contactMethods.map(({ id, label, channel }) => (
              <option key={id} value={id}>
                {methodWords({ label, channel })}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="How early">
        {(control) => (
          <Select {...control} value={advance} onChange={(event) => setAdvance(event.target.value)}>
            {ADVANCES.map(([minutes, words]) => (
              <option key={minutes} value={minutes}>
                {words}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="A shift of mine">
        {(control) => (
          <Select
            {...control}
            value={ends}
            onChange={(event) => setEnds(HANDOFF_TYPES.find((type) => type === event.target.value) ?? "both")}
          >
            {HANDOFF_TYPES.map((type) => (
              <option key={type} value={type}>
                {ENDS[type]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Button type="submit" icon={<Plus aria-hidden />} pending={pending} pendingLabel="Saving…">
        Add
      </Button>
    </form>
  );
}
