"use client";

import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { ActionFields } from "#components/rules/action-fields";
import type { RuleChoices } from "#components/rules/action-fields";
import { ConditionFields } from "#components/rules/condition-fields";
import { Badge } from "#components/ui/badge";
import { Button } from "#components/ui/button";
import { CheckboxField } from "#components/ui/checkbox";
import { Field } from "#components/ui/field";
import { IconButton } from "#components/ui/icon-button";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import type { RuleHits, Trial } from "#lib/rules/client";
import { conditionWords } from "#lib/rules/condition";
import { actionWords } from "#lib/rules/draft";
import type { Rule, RuleSetKind, Section } from "#lib/rules/rule";

interface RuleCardProps {
  kind: RuleSetKind;
  rule: Rule;
  position: number;
  total: number;
  /** Sections after its own. */
  later: readonly Section[];
  choices: RuleChoices;
  names: ReadonlyMap<string, string>;
  hits: RuleHits | undefined;
  trial: Trial | undefined;
  canEdit: boolean;
  /** Its form is shown; one at a time, since a set may have a thousand rules. */
  isOpen: boolean;
  onToggle: () => void;
  onChange: (rule: Rule) => void;
  onMove: (step: 1 | -1) => void;
  onRemove: () => void;
}

/** One rule: in a line when it matches, what it does and how often it did; opened, to be edited. */
export function RuleCard(props: RuleCardProps) {
  const { rule, position, total, names, hits, trial, canEdit, isOpen, onToggle, onMove, onRemove } = props;
  const formId = `form-${rule.id}`;
  return (
    <li id={`rule-${rule.id}`} className="border-b px-4 py-3 last:border-b-0 target:bg-raised">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-1">
        <span className="w-5 pt-0.5 text-right text-table text-text-3 tabular-nums">{position}</span>
        <div className="min-w-40 flex-1">
          <RuleWords rule={rule} names={names} hits={hits} trial={trial} />
        </div>
        {canEdit ? (
          <span className="flex gap-1">
            <Button
              size="small"
              variant="ghost"
              aria-label={`${isOpen ? "Close" : "Edit"} ${rule.label}`}
              aria-expanded={isOpen}
              aria-controls={isOpen ? formId : undefined}
              onClick={onToggle}
            >
              {isOpen ? "Close" : "Edit"}
            </Button>
            <IconButton
              size="small"
              name={`Move ${rule.label} up`}
              icon={<ArrowUp aria-hidden />}
              disabled={position === 1}
              onClick={() => onMove(-1)}
            />
            <IconButton
              size="small"
              name={`Move ${rule.label} down`}
              icon={<ArrowDown aria-hidden />}
              disabled={position === total}
              onClick={() => onMove(1)}
            />
            <IconButton
              size="small"
              name={`Remove ${rule.label}`}
              icon={<Trash2 aria-hidden />}
              onClick={onRemove}
            />
          </span>
        ) : null}
      </div>
      {canEdit && isOpen ? (
        <div id={formId} className="mt-3 pl-6">
          <RuleFields {...props} />
        </div>
      ) : null}
    </li>
  );
}

type WordsProps = Pick<RuleCardProps, "rule" | "names" | "hits" | "trial">;

function RuleWords({ rule, names, hits, trial }: WordsProps) {
  const problems = trial?.problems.filter(({ ruleId }) => ruleId === rule.id) ?? [];
  const { threshold } = rule;
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
        <span className="[overflow-wrap:anywhere]">{rule.label}</span>
        {rule.disabled ? <Badge form="outline">off</Badge> : null}
        {rule.shadow ? (
          <Badge hue="violet" form="outline">
            only watched
          </Badge>
        ) : null}
      </p>
      <p className="text-table [overflow-wrap:anywhere] text-text-2">
        When {conditionWords(rule.when)}
        {threshold === null
          ? ""
          : `, from more than ${threshold.moreThan} in ${threshold.withinSeconds} s on`}
        : {actionWords(rule.actions, names)}
      </p>
      <p className="text-meta text-text-3 tabular-nums">
        {hitWords(hits)}
        {trial === undefined || trial.events.length === 0
          ? ""
          : ` · ${trial.matches[rule.id] ?? 0} of the ${trial.events.length} events tried`}
      </p>
      {problems.map(({ message, level }) => (
        <p
          key={message}
          className={level === "error" ? "text-table text-status-red-fg" : "text-table text-status-amber-fg"}
        >
          {message}
        </p>
      ))}
    </>
  );
}

function hitWords(hits: RuleHits | undefined): string {
  if (hits === undefined) return "no match in 7 days";
  const watched = hits.shadowWeek > 0 ? `, ${hits.shadowWeek} only watched` : "";
  return `${hits.day} in 24 hours, ${hits.week} in 7 days${watched}`;
}

function RuleFields({ kind, rule, later, choices, trial, onChange }: RuleCardProps) {
  const set = (changed: Partial<Rule>) => onChange({ ...rule, ...changed });
  const error = trial?.conditions.find(({ ruleId }) => ruleId === rule.id) ?? null;
  return (
    <div className="flex flex-col gap-4 pb-2">
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Name">
          {(control) => (
            <Input {...control} value={rule.label} onChange={({ target }) => set({ label: target.value })} />
          )}
        </Field>
        <Field label="Why it is there" optional>
          {(control) => (
            <Input
              {...control}
              value={rule.reason}
              onChange={({ target }) => set({ reason: target.value })}
            />
          )}
        </Field>
      </div>
      <div className="flex flex-wrap gap-x-6">
        <CheckboxField
          label="On"
          checked={!rule.disabled}
          onChange={({ target }) => set({ disabled: !target.checked })}
        />
        <CheckboxField
          label="Only watch"
          hint="Judged and counted, not applied"
          checked={rule.shadow}
          onChange={({ target }) => set({ shadow: target.checked })}
        />
      </div>
      <ConditionFields when={rule.when} error={error} onChange={(when) => set({ when })} />
      <ThresholdFields rule={rule} onChange={set} />
      <ActionFields
        kind={kind}
        actions={rule.actions}
        choices={choices}
        onChange={(actions) => set({ actions })}
      />
      {later.length === 0 ? null : (
        <Field label="Then go on in">
          {(control) => (
            <Select
              {...control}
              value={rule.goTo ?? ""}
              onChange={({ target }) => set({ goTo: target.value === "" ? null : target.value })}
            >
              <option value="">nothing: these rules are done</option>
              {later.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
    </div>
  );
}

function ThresholdFields({
  rule: { threshold },
  onChange,
}: {
  rule: Rule;
  onChange: (changed: Partial<Rule>) => void;
}) {
  return (
    <div>
      <CheckboxField
        label="Only from a number of such events on"
        checked={threshold !== null}
        onChange={({ target }) =>
          onChange({ threshold: target.checked ? { moreThan: 5, withinSeconds: 600 } : null })
        }
      />
      {threshold === null ? null : (
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label="More than">
            {(control) => (
              <Input
                {...control}
                type="number"
                min={1}
                max={1000}
                value={threshold.moreThan}
                onChange={({ target }) =>
                  onChange({ threshold: { ...threshold, moreThan: Number(target.value) } })
                }
              />
            )}
          </Field>
          <Field label="Within, in seconds">
            {(control) => (
              <Input
                {...control}
                type="number"
                min={1}
                max={86_400}
                value={threshold.withinSeconds}
                onChange={({ target }) =>
                  onChange({ threshold: { ...threshold, withinSeconds: Number(target.value) } })
                }
              />
            )}
          </Field>
        </div>
      )}
    </div>
  );
}
