"use client";

import { useState } from "react";
import { CACHE_KIND_WORDS, CacheVariableForm } from "#components/rules/cache-variable-form";
import { NamedList, NamedRow } from "#components/rules/named-list";
import { useChange } from "#components/settings/use-change";
import { Time } from "#components/time/time";
import { Badge } from "#components/ui/badge";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { fieldErrors } from "#lib/browser/api";
import {
  createCacheVariable,
  deleteCacheVariable,
  setCacheValue,
  updateCacheVariable,
} from "#lib/rules/client";
import type { CacheVariableOfRules } from "#lib/rules/client";
import { conditionWords } from "#lib/rules/condition";

interface CacheCardProps {
  /** Null: of the organisation, for the rules of all. */
  serviceId: string | null;
  variables: readonly CacheVariableOfRules[];
  canEdit: boolean;
  /** May set what is set from outside. */
  canSet: boolean;
}

/** What rules remember between events, and what it says now. */
export function CacheCard({ serviceId, variables, canEdit, canSet }: CacheCardProps) {
  return (
    <NamedList
      title="Cache variables"
      subtitle={
        serviceId === null
          ? "Remembered between events; every rule reads them as cache.name"
          : "Remembered between this service's events; its rules read them as cache.name"
      }
      noun="cache variable"
      empty="None yet. With one a rule can ask whether a game is live, a deployment is under way, or many triggers came within an hour."
      isEmpty={variables.length === 0}
      canEdit={canEdit}
      form={(close) => (
        <CacheVariableForm
          variable={null}
          save={(variable) => createCacheVariable(serviceId, variable)}
          onDone={close}
        />
      )}
    >
      {variables.map((variable) => (
        <VariableRow key={variable.id} variable={variable} canEdit={canEdit} canSet={canSet} />
      ))}
    </NamedList>
  );
}

interface RowProps {
  variable: CacheVariableOfRules;
  canEdit: boolean;
  canSet: boolean;
}

function VariableRow({ variable, canEdit, canSet }: RowProps) {
  const [setting, setSetting] = useState(false);
  const { id, name, kind, disabled } = variable;
  return (
    <NamedRow
      name={`cache.${name}`}
      canEdit={canEdit}
      actions={
        canSet && kind === "external_data" ? (
          <Button size="small" aria-label={`Set cache.${name}`} onClick={() => setSetting(true)}>
            Set
          </Button>
        ) : null
      }
      form={(close) => (
        <CacheVariableForm
          variable={variable}
          save={(changed) => updateCacheVariable(id, changed)}
          onDone={close}
        />
      )}
      remove={() => deleteCacheVariable(id)}
      deletion={{
        what: "variable",
        consequences: "What it holds is forgotten. Rules that read it find nothing there from then on.",
      }}
    >
      <p className="flex flex-wrap items-center gap-2">
        <code className="font-mono font-medium [overflow-wrap:anywhere]">cache.{name}</code>
        {disabled ? <Badge form="outline">off</Badge> : null}
      </p>
      <p className="text-table [overflow-wrap:anywhere] text-text-2">
        {CACHE_KIND_WORDS[kind]}
        {kind === "external_data" ? "" : `, of events where ${conditionWords(variable.when)}`}
      </p>
      <Holding variable={variable} />
      {setting ? <SetDialog variable={variable} onClose={() => setSetting(false)} /> : null}
    </NamedRow>
  );
}

function Holding({
  variable: { value, saidAt, expiresAt, kind, ttlSeconds },
}: {
  variable: CacheVariableOfRules;
}) {
  if (value === null) return <p className="text-meta text-text-3">Holds nothing now</p>;
  return (
    <p className="text-meta text-text-3">
      Now{" "}
      <bdi className="font-mono text-text">
        {typeof value === "string" ? JSON.stringify(value) : String(value)}
      </bdi>
      {kind === "trigger_event_count" ? ` in ${ttlSeconds} s` : null}
      {saidAt === null ? null : (
        <>
          , said <Time at={saidAt} />
        </>
      )}
      {expiresAt === null ? null : (
        <>
          , until <Time at={expiresAt} format="date-time" />
        </>
      )}
    </p>
  );
}

function SetDialog({ variable, onClose }: { variable: CacheVariableOfRules; onClose: () => void }) {
  const { id, name, dataType, ttlSeconds } = variable;
  const [text, setText] = useState(() => (variable.value === null ? "" : String(variable.value)));
  const set = useChange<boolean>({
    change: (isKept) => setCacheValue(id, isKept ? valueOf(text, dataType) : null),
    done: (_, isKept) => (isKept ? `cache.${name} set` : `cache.${name} cleared`),
    onDone: onClose,
  });
  return (
    <Dialog title={`Set cache.${name}`} size="small" open onOpenChange={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          set.mutate(true);
        }}
      >
        <Field
          label="Value"
          hint={`It counts for ${ttlSeconds} s from now`}
          errors={fieldErrors(set.error, "value")}
        >
          {(control) =>
            dataType === "boolean" ? (
              <Select {...control} value={text || "true"} onChange={({ target }) => setText(target.value)}>
                <option value="true">yes (true)</option>
                <option value="false">no (false)</option>
              </Select>
            ) : (
              <Input
                {...control}
                required
                type={dataType === "number" ? "number" : "text"}
                step="any"
                value={text}
                onChange={({ target }) => setText(target.value)}
              />
            )
          }
        </Field>
        <div className="flex justify-end gap-2">
          {variable.value === null ? null : (
            <Button
              variant="ghost"
              pending={set.isPending}
              pendingLabel="Clearing…"
              onClick={() => set.mutate(false)}
            >
              Clear it
            </Button>
          )}
          <Button type="submit" variant="primary" pending={set.isPending} pendingLabel="Setting…">
            Set value
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function valueOf(text: string, dataType: CacheVariableOfRules["dataType"]): string | number | boolean {
  if (dataType === "boolean") return text !== "false";
  return dataType === "number" ? Number(text) : text;
}
