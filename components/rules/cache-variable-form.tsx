"use client";

import { useState } from "react";
import { ConditionFields } from "#components/rules/condition-fields";
import { ChangeForm } from "#components/settings/change-form";
import { useChange } from "#components/settings/use-change";
import { Callout } from "#components/ui/callout";
import { CheckboxField } from "#components/ui/checkbox";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { fieldErrors } from "#lib/browser/api";
import { CACHE_DATA_TYPES, CACHE_KINDS } from "#lib/rules/cache-variable";
import type { CacheDataType, CacheKind } from "#lib/rules/cache-variable";
import type { CacheVariableOfRules } from "#lib/rules/client";
import type { RuleCondition } from "#lib/rules/rule";
import type { CacheVariableInput } from "#lib/rules/schemas";

export const CACHE_KIND_WORDS: Record<CacheKind, string> = {
  recent_value: "What an event said last",
  trigger_event_count: "How many triggers there were",
  external_data: "What is set from outside",
};
const TYPE_WORDS: Record<CacheDataType, string> = {
  string: "A text",
  number: "A number",
  boolean: "Yes or no",
};

type Draft = {
  name: string;
  kind: CacheKind;
  disabled: boolean;
  when: RuleCondition;
  path: string;
  pattern: string;
  ttlSeconds: number | null;
  dataType: CacheDataType;
};

const NEW: Draft = {
  name: "",
  kind: "recent_value",
  disabled: false,
  when: { kind: "simple", match: "all", comparisons: [] },
  path: "event.summary",
  pattern: ".*",
  ttlSeconds: null,
  dataType: "boolean",
};

interface CacheVariableFormProps {
  /** Null: a new one. */
  variable: CacheVariableOfRules | null;
  save: (variable: CacheVariableInput) => Promise<unknown>;
  onDone: () => void;
}

/** What is remembered between events, and which events are looked at. */
export function CacheVariableForm({ variable, save, onDone }: CacheVariableFormProps) {
  const [draft, setDraft] = useState<Draft>(() => (variable === null ? NEW : draftOf(variable)));
  const set = (changed: Partial<Draft>) => setDraft({ ...draft, ...changed });
  const change = useChange({
    change: () => save(inputOf(draft)),
    done: variable === null ? "Cache variable added" : "Cache variable saved",
    onDone,
  });
  const errors = (field: string) => [
    ...fieldErrors(change.error, field),
    ...fieldErrors(change.error, `variable.${field}`),
  ];
  return (
    <ChangeForm
      change={change}
      label={variable === null ? "Add cache variable" : "Save"}
      pendingLabel="Saving…"
      refused="Not saved"
    >
      <Field label="Name" hint={`Rules read it as cache.${draft.name || "name"}`} errors={errors("name")}>
        {(control) => (
          <Input
            {...control}
            required
            maxLength={40}
            spellCheck={false}
            placeholder="game_is_live"
            value={draft.name}
            onChange={({ target }) => set({ name: target.value })}
          />
        )}
      </Field>
      <Field label="Holds" errors={errors("kind")}>
        {(control) => (
          <Select
            {...control}
            disabled={variable !== null}
            value={draft.kind}
            onChange={({ target }) =>
              set({ kind: CACHE_KINDS.find((kind) => kind === target.value) ?? draft.kind })
            }
          >
            {CACHE_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {CACHE_KIND_WORDS[kind]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <KindFields draft={draft} errors={errors} set={set} />
      <TimeField draft={draft} errors={errors("ttlSeconds")} set={set} />
      <CheckboxField
        label="On"
        hint="Off, it sees no events and rules find nothing there"
        checked={!draft.disabled}
        onChange={({ target }) => set({ disabled: !target.checked })}
      />
    </ChangeForm>
  );
}

interface PartProps {
  draft: Draft;
  errors: (field: string) => string[];
  set: (changed: Partial<Draft>) => void;
}

function KindFields({ draft, errors, set }: PartProps) {
  if (draft.kind === "external_data") {
    return (
      <Field label="Takes">
        {(control) => (
          <Select
            {...control}
            value={draft.dataType}
            onChange={({ target }) =>
              set({ dataType: CACHE_DATA_TYPES.find((type) => type === target.value) ?? draft.dataType })
            }
          >
            {CACHE_DATA_TYPES.map((type) => (
              <option key={type} value={type}>
                {TYPE_WORDS[type]}
              </option>
            ))}
          </Select>
        )}
      </Field>
    );
  }
  return (
    <>
      <ConditionFields when={draft.when} error={null} onChange={(when) => set({ when })} />
      {errors("when").map((message) => (
        <Callout key={message} tone="danger" title={`Not understood: ${message}`} />
      ))}
      {draft.kind === "recent_value" ? (
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label="Field" errors={errors("path")}>
            {(control) => (
              <Input
                {...control}
                required
                className="font-mono text-table"
                spellCheck={false}
                value={draft.path}
                onChange={({ target }) => set({ path: target.value })}
              />
            )}
          </Field>
          <Field label="Pattern" hint="Its groups, or all that it finds" errors={errors("pattern")}>
            {(control) => (
              <Input
                {...control}
                required
                className="font-mono text-table"
                spellCheck={false}
                value={draft.pattern}
                onChange={({ target }) => set({ pattern: target.value })}
              />
            )}
          </Field>
        </div>
      ) : null}
    </>
  );
}

function TimeField({ draft, errors, set }: Omit<PartProps, "errors"> & { errors: string[] }) {
  const isOptional = draft.kind === "recent_value";
  const isCount = draft.kind === "trigger_event_count";
  return (
    <Field
      label={isCount ? "Counted over, in seconds" : "Counts for, in seconds"}
      optional={isOptional}
      hint={isOptional ? "Empty: until there is another" : undefined}
      errors={errors}
    >
      {(control) => (
        <Input
          {...control}
          type="number"
          min={1}
          max={31_536_000}
          required={!isOptional}
          value={draft.ttlSeconds ?? ""}
          onChange={({ target }) => set({ ttlSeconds: target.value === "" ? null : Number(target.value) })}
        />
      )}
    </Field>
  );
}

function draftOf(variable: CacheVariableOfRules): Draft {
  const { name, kind, disabled, when, path, pattern, ttlSeconds, dataType } = variable;
  return {
    name,
    kind,
    disabled,
    when,
    path: path ?? NEW.path,
    pattern: pattern ?? NEW.pattern,
    ttlSeconds,
    dataType: dataType ?? NEW.dataType,
  };
}

function inputOf({
  kind,
  name,
  disabled,
  when,
  path,
  pattern,
  ttlSeconds,
  dataType,
}: Draft): CacheVariableInput {
  switch (kind) {
    case "recent_value":
      return { kind, name, disabled, when, path, pattern, ttlSeconds };
    case "trigger_event_count":
      return { kind, name, disabled, when, ttlSeconds: ttlSeconds ?? 0 };
    case "external_data":
      return { kind, name, disabled, dataType, ttlSeconds: ttlSeconds ?? 0 };
  }
}
