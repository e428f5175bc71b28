"use client";

import { Plus, X } from "lucide-react";
import { useState } from "react";
import { ChannelIcon } from "#components/people/channel-icon";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Card } from "#components/ui/card";
import { cn } from "#components/ui/class-name";
import { Field } from "#components/ui/field";
import { IconButton } from "#components/ui/icon-button";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { fieldErrors } from "#lib/browser/api";
import type { Urgency } from "#lib/incidents/vocabulary";
import { CHANNEL_NAMES, methodWords } from "#lib/notifications/capability";
import { setNotificationRules } from "#lib/notifications/client";
import { defaultLadder } from "#lib/notifications/default-ladder";
import type { Rule, Settings } from "#lib/notifications/client";
import type { ContactMethodDto } from "#lib/notifications/schemas";

interface RulesCardProps {
  userId: string;
  urgency: Urgency;
  settings: Settings;
}

const WORDS: Record<Urgency, { title: string; subtitle: string }> = {
  high: { title: "High urgency", subtitle: "May wake you: goes on until somebody acknowledges" },
  low: { title: "Low urgency", subtitle: "Can wait: tells you, without hurry" },
};

/** One ladder of notifications as a ruler of minutes: each change is saved at once. */
export function RulesCard({ userId, urgency, settings }: RulesCardProps) {
  const rules = settings.rules.filter((rule) => rule.urgency === urgency);
  const save = useChange({
    change: (next: readonly Rule[]) => setNotificationRules(userId, { kind: "assigned", urgency }, next),
    done: "Notification steps saved",
  });
  const warnings = settings.warnings.filter((warning) => warning.urgency === urgency);
  const plain = rules.map(({ contactMethodId, delayMinutes }) => ({ contactMethodId, delayMinutes }));
  const ladder = defaultLadder(
    settings.contactMethods.filter(({ enabled, available }) => enabled && available),
    urgency,
  );
  const isDefault = ladder.length === 0 || sameSteps(plain, ladder);
  return (
    <Card title={WORDS[urgency].title} subtitle={WORDS[urgency].subtitle}>
      <div className="flex flex-col gap-4">
        {warnings.map(({ code, message }) => (
          <Callout key={`${code} ${message}`} tone="warning" title={message} />
        ))}
        {save.error ? <Callout tone="danger" title={`Not saved: ${save.error.message}`} /> : null}
        {rules.length === 0 ? null : (
          <Ruler
            rules={rules}
            methods={settings.contactMethods}
            onRemove={(index) => save.mutate(plain.filter((_, at) => at !== index))}
          />
        )}
        {isDefault ? null : (
          <div className="flex flex-wrap items-center justify-between gap-2 text-table text-text-2">
            <span>The default ladder is {ladder.map(stepWords).join(", ")}.</span>
            <Button
              size="small"
              pending={save.isPending}
              pendingLabel="Saving…"
              onClick={() =>
                save.mutate(
                  ladder.map(({ method, delayMinutes }) => ({ contactMethodId: method.id, delayMinutes })),
                )
              }
            >
              Use it
            </Button>
          </div>
        )}
        {settings.contactMethods.length === 0 ? (
          <p className="text-body text-text-2">Add a contact method first.</p>
        ) : (
          <AddStep
            methods={settings.contactMethods}
            error={save.error}
            pending={save.isPending}
            onAdd={(rule) => save.mutate([...plain, rule])}
          />
        )}
      </div>
    </Card>
  );
}

type Ladder = ReturnType<typeof defaultLadder<ContactMethodDto>>;

function stepWords({ method, delayMinutes }: Ladder[number]): string {
  return `${method.label} ${delayMinutes === 0 ? "at once" : `after ${delayMinutes} min`}`;
}

function sameSteps(rules: readonly Rule[], ladder: Ladder): boolean {
  const has = new Set(rules.map(({ contactMethodId, delayMinutes }) => `${contactMethodId} ${delayMinutes}`));
  return (
    has.size === ladder.length &&
    ladder.every(({ method, delayMinutes }) => has.has(`${method.id} ${delayMinutes}`))
  );
}

/** The channel beside its name, unless that says it. */
function ChannelOf({ method }: { method: ContactMethodDto }) {
  if (methodWords(method) === method.label) return null;
  return <span className="text-text-3"> · {CHANNEL_NAMES[method.channel]}</span>;
}

interface RulerProps {
  rules: readonly Rule[];
  methods: readonly ContactMethodDto[];
  onRemove: (index: number) => void;
}

/** Steps in the order of their minutes, further apart the longer the wait between them. */
function Ruler({ rules, methods, onRemove }: RulerProps) {
  const steps = rules
    .map((rule, index) => ({ rule, index, method: methods.find(({ id }) => id === rule.contactMethodId) }))
    .toSorted((a, b) => a.rule.delayMinutes - b.rule.delayMinutes);
  return (
    <ol className="relative flex flex-col">
      {steps.map(({ rule, index, method }, place) => {
        const before = steps[place - 1]?.rule.delayMinutes;
        const isSame = before === rule.delayMinutes;
        const wait = before === undefined ? 0 : rule.delayMinutes - before;
        const name = method === undefined ? "A removed contact method" : method.label;
        return (
          <li
            key={`${rule.contactMethodId} ${rule.delayMinutes}`}
            style={{ paddingTop: Math.min(28, wait * 2) }}
            className="grid grid-cols-[56px_16px_minmax(0,1fr)_auto] items-stretch"
          >
            <span className="tabular self-center text-right text-table text-text-2">
              {isSame ? "" : `${rule.delayMinutes} min`}
            </span>
            <span aria-hidden className="relative">
              <span
                className={cn(
                  "absolute left-1/2 w-px bg-border-strong",
                  place === 0 ? "top-1/2" : "-top-7",
                  place === steps.length - 1 ? "bottom-1/2" : "bottom-0",
                )}
              />
              {isSame ? null : (
                <span className="absolute top-1/2 left-1/2 size-2 -translate-1/2 rounded-full bg-ink ring-3 ring-surface" />
              )}
            </span>
            <span className="flex min-h-9 min-w-0 items-center gap-2 pl-2 text-body touch:min-h-11">
              {method === undefined ? null : <ChannelIcon channel={method.channel} />}
              <span className="min-w-0 truncate">
                {name}
                {method === undefined ? null : <ChannelOf method={method} />}
              </span>
              {method?.enabled === false ? (
                <span className="text-meta text-status-amber-fg">switched off</span>
              ) : null}
            </span>
            <IconButton
              name={`Remove ${name} at ${rule.delayMinutes} min`}
              size="small"
              className="self-center"
              icon={<X aria-hidden />}
              onClick={() => onRemove(index)}
            />
          </li>
        );
      })}
    </ol>
  );
}

interface AddStepProps {
  methods: readonly ContactMethodDto[];
  error: unknown;
  pending: boolean;
  onAdd: (rule: Rule) => void;
}

function AddStep({ methods, error, pending, onAdd }: AddStepProps) {
  const [minutes, setMinutes] = useState("0");
  const [methodId, setMethodId] = useState(methods[0]?.id ?? "");
  const chosen = methods.some(({ id }) => id === methodId) ? methodId : (methods[0]?.id ?? "");
  return (
    <form
      className="flex flex-wrap items-end gap-2 border-t pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        onAdd({ contactMethodId: chosen, delayMinutes: Number(minutes) });
      }}
    >
      <Field label="After (min)" className="w-24" errors={fieldErrors(error, "delayMinutes")}>
        {(control) => (
          <Input
            {...control}
            type="number"
            inputMode="numeric"
            min={0}
            max={1440}
            step={1}
            required
            className="tabular"
            value={minutes}
            onChange={(event) => setMinutes(event.target.value)}
          />
        )}
      </Field>
      <Field label="Tell me by" className="min-w-36 flex-1">
        {(control) => (
          <Select {...control} value={chosen} onChange={(event) => setMethodId(event.target.value)}>
            {methods.map(({ id, label, channel }) => (
              <option key={id} value={id}>
                {methodWords({ label, channel })}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Button type="submit" icon={<Plus aria-hidden />} pending={pending} pendingLabel="Saving…">
        Add step
      </Button>
    </form>
  );
}
