"use client";

import { Plus } from "lucide-react";
import { useMemo } from "react";
import { ActionFields } from "#components/rules/action-fields";
import type { RuleChoices } from "#components/rules/action-fields";
import { PATH_SUGGESTIONS_ID } from "#components/rules/condition-fields";
import { LiveTest } from "#components/rules/live-test";
import { PublishBar } from "#components/rules/publish-bar";
import { choiceNames, RuleSection } from "#components/rules/rule-section";
import { useRuleEditor } from "#components/rules/use-rule-editor";
import { DraftNotices } from "#components/schedules/draft-notices";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Card } from "#components/ui/card";
import { Disclosure } from "#components/ui/disclosure";
import type { RuleSetInForce, Trial } from "#lib/rules/client";
import { actionWords, putSection, withoutSection, withSection } from "#lib/rules/draft";
import { completePath } from "#lib/rules/rule";
import type { CompactPath, Rule, RulePath } from "#lib/rules/rule";
import type { RulePlace } from "#lib/rules/schemas";
import { hasRule, withSuggestion } from "#lib/rules/suggested-rule";

interface RuleSetEditorProps {
  place: RulePlace;
  set: Omit<RuleSetInForce, "path" | "versions"> & { path: CompactPath };
  /** An older version to begin with; null: the one in force. */
  start: { version: number; path: CompactPath } | null;
  /** A rule to look at and publish, which is not there yet; null: none is suggested. */
  suggested: Rule | null;
  choices: RuleChoices;
  canEdit: boolean;
}

const PATHS = [
  "event.summary",
  "event.source",
  "event.severity",
  "event.component",
  "event.group",
  "event.class",
  "event.dedup_key",
  "event.custom_details.",
  "raw.",
  "vars.",
  "cache.",
];

function PathSuggestions() {
  return (
    <datalist id={PATH_SUGGESTIONS_ID} aria-label="Fields of events">
      {PATHS.map((path) => (
        <option key={path} value={path}>
          {path}
        </option>
      ))}
    </datalist>
  );
}

/** Rules in their order on one side, what they would do to real events on the other. Nothing changes before it is published. */
export function RuleSetEditor({ place, set, start, suggested, choices, canEdit }: RuleSetEditorProps) {
  const base = useMemo(() => completePath(set.path), [set.path]);
  const editor = useRuleEditor({
    place,
    base,
    version: set.version,
    start: startOf(base, start, suggested),
  });
  const { draft, setDraft, trial } = editor;
  const rules = draft.sections.flatMap((section) => section.rules);
  return (
    <>
      <DraftNotices
        conflict={editor.conflict}
        problem={editor.problem}
        restoredAt={null}
        onDiscard={editor.discard}
      />
      {suggested === null ? null : (
        <SuggestionNotice rule={suggested} isInForce={hasRule(base, suggested.id)} />
      )}
      <PathSuggestions />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_minmax(0,26rem)]">
        <div className="flex min-w-0 flex-col gap-4">
          {draft.sections.map((section, index) => (
            <RuleSection
              key={section.id}
              kind={place.kind}
              section={section}
              later={draft.sections.slice(index + 1)}
              choices={choices}
              hits={set.hits}
              trial={trial.data}
              canEdit={canEdit}
              isOnly={draft.sections.length === 1}
              initiallyOpen={suggested?.id ?? null}
              onChange={(changed) => setDraft(putSection(draft, changed))}
              onRemove={index === 0 ? null : () => setDraft(withoutSection(draft, section.id))}
            />
          ))}
          <CatchAll place={place} draft={draft} choices={choices} canEdit={canEdit} onChange={setDraft} />
          {canEdit ? (
            <Button
              className="self-start"
              icon={<Plus aria-hidden />}
              onClick={() => setDraft(withSection(draft, crypto.randomUUID()))}
            >
              Add section
            </Button>
          ) : null}
        </div>
        <div className="min-w-0 xl:sticky xl:top-4">
          <LiveTest
            trial={trial}
            labels={new Map(rules.map(({ id, label }) => [id, label]))}
            payload={editor.payload}
            onPayload={editor.setPayload}
          />
        </div>
      </div>
      {canEdit ? (
        <PublishBar
          changes={editor.changes}
          reason={editor.reason}
          onReason={editor.setReason}
          obstacle={obstacleOf(editor.changes, editor.reason, trial.data, editor.conflict !== null)}
          pending={editor.isPublishing}
          onDiscard={editor.discard}
          onPublish={editor.publish}
        />
      ) : null}
    </>
  );
}

function startOf(base: RulePath, start: RuleSetEditorProps["start"], suggested: Rule | null) {
  const path = start === null ? base : completePath(start.path);
  if (suggested !== null) return { draft: withSuggestion(path, suggested), reason: suggested.reason };
  return start === null ? null : { draft: path, reason: "" };
}

function SuggestionNotice({ rule, isInForce }: { rule: Rule; isInForce: boolean }) {
  if (isInForce)
    return <Callout className="mb-4" tone="info" title="What was suggested is among these rules already." />;
  return (
    <Callout
      className="mb-4"
      tone="info"
      title="The first rule is suggested, and only watched: it is counted, and changes nothing."
    >
      {rule.reason} See beside it what it would do, then publish it, or discard it. Let it act when you have
      seen what it matches.
    </Callout>
  );
}

function obstacleOf(
  changes: readonly string[],
  reason: string,
  trial: Trial | undefined,
  isConflicting: boolean,
): string | null {
  if (changes.length === 0) return "Nothing has changed";
  if (isConflicting) return "Look at what was published meanwhile first";
  if ((trial?.conditions.length ?? 0) > 0) return "A condition is not understood";
  const error = trial?.problems.find(({ level }) => level === "error");
  if (error) return error.message;
  return reason.trim() === "" ? "Say why" : null;
}

interface CatchAllProps {
  place: RulePlace;
  draft: RulePath;
  choices: RuleChoices;
  canEdit: boolean;
  onChange: (draft: RulePath) => void;
}

function CatchAll({ place, draft, choices, canEdit, onChange }: CatchAllProps) {
  return (
    <Card title="Catch-all" subtitle="For events that no rule of a section matches">
      <p className="text-table text-text-2 first-letter:uppercase">
        {actionWords(draft.catchAll, choiceNames(choices))}
      </p>
      {canEdit ? (
        <Disclosure summary="Edit the catch-all">
          <ActionFields
            kind={place.kind}
            actions={draft.catchAll}
            choices={choices}
            onChange={(catchAll) => onChange({ ...draft, catchAll })}
          />
        </Disclosure>
      ) : null}
    </Card>
  );
}
