"use client";

import { ArrowDown, ArrowUp, Trash2, X } from "lucide-react";
import { ExtractorFields } from "#components/mail-in/extractor-fields";
import { Button } from "#components/ui/button";
import { CheckboxField } from "#components/ui/checkbox";
import { Field, FieldErrors } from "#components/ui/field";
import { IconButton } from "#components/ui/icon-button";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { MAIL_FIELDS } from "#lib/mail-in/mail-rules";
import type { MailParser, MailSettings } from "#lib/mail-in/mail-rules";
import { linesOf, NEW_PARSER, predicateOf } from "#lib/mail-in/rule-form";
import type { MailLine, MailLines } from "#lib/mail-in/rule-form";
import { moved } from "#lib/on-call/editor-draft";

interface MailRuleFieldsProps {
  settings: MailSettings;
  /** By the field of the settings, as the server names it. */
  errors: readonly { field: string; message: string }[];
  onChange: (change: Partial<MailSettings>) => void;
}

/** The rules that read a mail: the first whose condition holds and whose key can be read wins. */
export function MailRuleFields({ settings, errors, onChange }: MailRuleFieldsProps) {
  const { parsers } = settings;
  const put = (changed: readonly MailParser[]) => onChange({ parsers: [...changed] });
  return (
    <>
      <ol aria-label="Rules of mail" className="flex flex-col gap-3">
        {parsers.map((parser, index) => (
          <RuleItem
            // Rules have no name of their own; their place is it.
            // oxlint-disable-next-line react/no-array-index-key
            key={index}
            place={index + 1}
            total={parsers.length}
            parser={parser}
            errors={errors
              .filter(({ field }) => field.startsWith(`settings.parsers.${index}`))
              .map(({ message }) => message)}
            onChange={(changed) => put(parsers.map((other, at) => (at === index ? changed : other)))}
            onMove={(step) => put(moved(parsers, index, step))}
            onRemove={() => put(parsers.filter((_, at) => at !== index))}
          />
        ))}
      </ol>
      <Button size="small" className="self-start" onClick={() => put([...parsers, NEW_PARSER])}>
        Add rule
      </Button>
      <CheckboxField
        label="Discard what no rule reads"
        checked={settings.fallback === "discard"}
        onChange={(event) => onChange({ fallback: event.target.checked ? "discard" : "open_new_incident" })}
      />
    </>
  );
}

interface RuleItemProps {
  /** From 1. */
  place: number;
  total: number;
  parser: MailParser;
  errors: readonly string[];
  onChange: (parser: MailParser) => void;
  onMove: (step: 1 | -1) => void;
  onRemove: () => void;
}

function RuleItem({ place, total, parser, errors, onChange, onMove, onRemove }: RuleItemProps) {
  const set = (changed: Partial<MailParser>) => onChange({ ...parser, ...changed });
  return (
    <li className="rounded-card border p-3">
      <div className="mb-2 flex items-center gap-2">
        <p className="flex-1 font-medium">Rule {place}</p>
        <IconButton
          size="small"
          name={`Move rule ${place} up`}
          icon={<ArrowUp aria-hidden />}
          disabled={place === 1}
          onClick={() => onMove(-1)}
        />
        <IconButton
          size="small"
          name={`Move rule ${place} down`}
          icon={<ArrowDown aria-hidden />}
          disabled={place === total}
          onClick={() => onMove(1)}
        />
        <IconButton
          size="small"
          name={`Remove rule ${place}`}
          icon={<Trash2 aria-hidden />}
          onClick={onRemove}
        />
      </div>
      <div className="flex flex-col gap-3">
        <Field label={`Rule ${place} says that the problem`}>
          {(control) => (
            <Select
              {...control}
              className="max-w-52"
              value={parser.action}
              onChange={({ target }) => set({ action: target.value === "resolve" ? "resolve" : "trigger" })}
            >
              <option value="trigger">is there</option>
              <option value="resolve">is over</option>
            </Select>
          )}
        </Field>
        <ConditionLines place={place} parser={parser} set={set} />
        <ExtractorFields
          label={`Key of rule ${place}`}
          hint="The same in every mail about one problem"
          extractor={parser.key}
          onChange={(key) => set({ key })}
        />
        <Values place={place} parser={parser} set={set} />
        <FieldErrors errors={errors} />
      </div>
    </li>
  );
}

interface PartProps {
  place: number;
  parser: MailParser;
  set: (changed: Partial<MailParser>) => void;
}

function ConditionLines({ place, parser, set }: PartProps) {
  const lines = linesOf(parser.when);
  if (lines === null) {
    return (
      <div className="flex flex-col gap-2">
        <p className="text-table text-text-2">
          Its condition nests deeper than can be shown here; it came by the API and stays as it is.
        </p>
        <Button size="small" className="self-start" onClick={() => set({ when: NEW_PARSER.when })}>
          Start its condition over
        </Button>
      </div>
    );
  }
  const put = (changed: MailLines) => set({ when: predicateOf(changed) });
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-table font-medium">When</legend>
      {lines.lines.length > 1 ? (
        <Select
          aria-label={`How lines of rule ${place} count`}
          className="max-w-52"
          value={lines.match}
          onChange={({ target }) => put({ ...lines, match: target.value === "any" ? "any" : "all" })}
        >
          <option value="all">All of these hold</option>
          <option value="any">Any of these holds</option>
        </Select>
      ) : null}
      {lines.lines.map((line, index) => (
        <LineFields
          // oxlint-disable-next-line react/no-array-index-key -- lines have no identity but their place
          key={index}
          name={`line ${index + 1} of rule ${place}`}
          line={line}
          isOnly={lines.lines.length === 1}
          onChange={(changed) =>
            put({ ...lines, lines: lines.lines.map((other, at) => (at === index ? changed : other)) })
          }
          onRemove={() => put({ ...lines, lines: lines.lines.filter((_, at) => at !== index) })}
        />
      ))}
      <Button
        size="small"
        className="self-start"
        onClick={() =>
          put({
            ...lines,
            lines: [...lines.lines, { negated: false, kind: "contains", field: "subject", value: "" }],
          })
        }
      >
        Add line
      </Button>
    </fieldset>
  );
}

const TESTS: readonly [value: string, words: string, Pick<MailLine, "kind" | "negated">][] = [
  ["contains", "contains", { kind: "contains", negated: false }],
  ["not contains", "does not contain", { kind: "contains", negated: true }],
  ["exactly", "is exactly", { kind: "exactly", negated: false }],
  ["not exactly", "is not", { kind: "exactly", negated: true }],
  ["regex", "matches", { kind: "regex", negated: false }],
  ["not regex", "does not match", { kind: "regex", negated: true }],
];

interface LineFieldsProps {
  name: string;
  line: MailLine;
  isOnly: boolean;
  onChange: (line: MailLine) => void;
  onRemove: () => void;
}

function LineFields({ name, line, isOnly, onChange, onRemove }: LineFieldsProps) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select
        aria-label={`Part of ${name}`}
        className="w-28"
        value={line.field}
        onChange={({ target }) =>
          onChange({ ...line, field: MAIL_FIELDS.find((field) => field === target.value) ?? line.field })
        }
      >
        {MAIL_FIELDS.map((field) => (
          <option key={field}>{field}</option>
        ))}
      </Select>
      <Select
        aria-label={`Test of ${name}`}
        className="w-40"
        value={`${line.negated ? "not " : ""}${line.kind}`}
        onChange={({ target }) =>
          onChange({ ...line, ...TESTS.find(([value]) => value === target.value)?.[2] })
        }
      >
        {TESTS.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </Select>
      <Input
        aria-label={`Value of ${name}`}
        required
        className="min-w-40 flex-1"
        value={line.value}
        onChange={({ target }) => onChange({ ...line, value: target.value })}
      />
      {isOnly ? null : (
        <IconButton size="small" name={`Remove ${name}`} icon={<X aria-hidden />} onClick={onRemove} />
      )}
    </div>
  );
}

function Values({ place, parser: { values }, set }: PartProps) {
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-table font-medium">Keeps beside</legend>
      {values.map(({ name, extract }, index) => {
        const change = (changed: Partial<MailParser["values"][number]>) =>
          set({ values: values.map((other, at) => (at === index ? { ...other, ...changed } : other)) });
        return (
          // oxlint-disable-next-line react/no-array-index-key -- values are told apart by their place while they are named
          <div key={index} className="flex flex-wrap items-start gap-2">
            <Input
              aria-label={`Name of value ${index + 1} of rule ${place}`}
              required
              className="w-36"
              placeholder="ticket"
              value={name}
              onChange={({ target }) => change({ name: target.value })}
            />
            <ExtractorFields
              label={`Value ${index + 1} of rule ${place}`}
              hideLabel
              extractor={extract}
              onChange={(changed) => change({ extract: changed })}
            />
            <IconButton
              size="small"
              name={`Remove value ${index + 1} of rule ${place}`}
              icon={<X aria-hidden />}
              onClick={() => set({ values: values.filter((_, at) => at !== index) })}
            />
          </div>
        );
      })}
      <Button
        size="small"
        className="self-start"
        onClick={() => set({ values: [...values, { name: "", extract: { kind: "entire", field: "body" } }] })}
      >
        Add value
      </Button>
    </fieldset>
  );
}
