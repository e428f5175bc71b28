"use client";

import { Plus, X } from "lucide-react";
import { Button } from "#components/ui/button";
import { ExpressionError } from "#components/ui/expression-error";
import { Field } from "#components/ui/field";
import { IconButton } from "#components/ui/icon-button";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { Textarea } from "#components/ui/textarea";
import { celOf } from "#lib/rules/condition";
import { COMPARISONS } from "#lib/rules/rule";
import type { Comparing, Comparison, RuleCondition } from "#lib/rules/rule";

export const PATH_SUGGESTIONS_ID = "event-paths";

interface ConditionFieldsProps {
  when: RuleCondition;
  /** What can't be understood, with the place in the expression. */
  error: { message: string; start: number; end: number; expression: string } | null;
  onChange: (when: RuleCondition) => void;
}

/** When a rule matches: lines of field, comparison and value, or an expression of one's own. */
export function ConditionFields({ when, error, onChange }: ConditionFieldsProps) {
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-table font-medium">When</legend>
      {when.kind === "cel" ? (
        <Field
          label="Condition in CEL"
          hint='Reads event, raw, vars, cache and now, as in event.severity == "critical" && now.during("Mon-Fri 09:00 to 17:00 Europe/Berlin"). Empty: always.'
        >
          {(control) => (
            <Textarea
              {...control}
              className="font-mono text-table"
              spellCheck={false}
              value={when.expression}
              onChange={({ target }) => onChange({ kind: "cel", expression: target.value })}
            />
          )}
        </Field>
      ) : when.kind === "simple" ? (
        <Lines when={when} onChange={onChange} />
      ) : (
        <Listed expressions={when.expressions} />
      )}
      {error === null ? null : <ExpressionError {...error} />}
      <span>
        <Button
          size="small"
          variant="ghost"
          onClick={() =>
            onChange(
              when.kind === "cel"
                ? { kind: "simple", match: "all", comparisons: [] }
                : { kind: "cel", expression: celOf(when) ?? "" },
            )
          }
        >
          {when.kind === "cel" ? "Start over with fields" : "Write it in CEL"}
        </Button>
      </span>
    </fieldset>
  );
}

/** What came by the public API is shown as it came; to change it here it becomes one expression in CEL. */
function Listed({ expressions }: { expressions: readonly string[] }) {
  if (expressions.length === 0) return <p className="text-table text-text-2">Always.</p>;
  return (
    <ul aria-label="Any of these" className="flex flex-col gap-1">
      {expressions.map((expression) => (
        <li key={expression} className="font-mono text-table [overflow-wrap:anywhere]">
          {expression}
        </li>
      ))}
    </ul>
  );
}

type Simple = Extract<RuleCondition, { kind: "simple" }>;

function Lines({ when, onChange }: { when: Simple; onChange: (when: Simple) => void }) {
  const { comparisons, match } = when;
  const put = (changed: readonly Comparing[]) => onChange({ ...when, comparisons: changed });
  return (
    <>
      {comparisons.length === 0 ? <p className="text-table text-text-2">Always.</p> : null}
      {comparisons.length > 1 ? (
        <Select
          aria-label="How lines count"
          className="max-w-52"
          value={match}
          onChange={({ target }) => onChange({ ...when, match: target.value === "any" ? "any" : "all" })}
        >
          <option value="all">All of these hold</option>
          <option value="any">Any of these holds</option>
        </Select>
      ) : null}
      {comparisons.map((line, index) => (
        <Line
          // oxlint-disable-next-line react/no-array-index-key -- lines have no identity but their place
          key={index}
          line={line}
          position={index + 1}
          onChange={(changed) => put(comparisons.map((other, at) => (at === index ? changed : other)))}
          onRemove={() => put(comparisons.filter((_, at) => at !== index))}
        />
      ))}
      <span>
        <Button
          size="small"
          icon={<Plus aria-hidden />}
          onClick={() => put([...comparisons, { path: "event.summary", is: "contains", value: "" }])}
        >
          Add line
        </Button>
      </span>
    </>
  );
}

interface LineProps {
  line: Comparing;
  position: number;
  onChange: (line: Comparing) => void;
  onRemove: () => void;
}

function Line({ line, position, onChange, onRemove }: LineProps) {
  const needsValue = line.is !== "is present" && line.is !== "is missing";
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Input
        aria-label={`Field of line ${position}`}
        className="min-w-40 flex-1 font-mono text-table"
        list={PATH_SUGGESTIONS_ID}
        value={line.path}
        onChange={({ target }) => onChange({ ...line, path: target.value })}
      />
      <Select
        aria-label={`Comparison of line ${position}`}
        className="w-40"
        value={line.is}
        onChange={({ target }) => onChange({ ...line, is: comparisonOf(target.value) })}
      >
        {COMPARISONS.map((word) => (
          <option key={word} value={word}>
            {word}
          </option>
        ))}
      </Select>
      {needsValue ? (
        <Input
          aria-label={`Value of line ${position}`}
          className="min-w-32 flex-1"
          value={line.value}
          onChange={({ target }) => onChange({ ...line, value: target.value })}
        />
      ) : null}
      <IconButton size="small" name={`Remove line ${position}`} icon={<X aria-hidden />} onClick={onRemove} />
    </div>
  );
}

function comparisonOf(text: string): Comparison {
  return COMPARISONS.find((word) => word === text) ?? "is";
}
