"use client";

import { Plus } from "lucide-react";
import { useAnnounce } from "#components/layout/announcer";
import { LevelEditor, type TargetChoices } from "#components/escalation/level-editor";
import type { EndingChoices } from "#components/escalation/nobody-answered-fields";
import { PolicyEnding, PolicySettings } from "#components/escalation/policy-settings";
import { PolicyTrialCard } from "#components/escalation/policy-trial-card";
import { SaveBar } from "#components/escalation/save-bar";
import { usePolicyEditor } from "#components/escalation/use-policy-editor";
import { DraftNotices } from "#components/schedules/draft-notices";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { newLevel } from "#lib/escalation/editor-draft";
import type { PolicyDraft } from "#lib/escalation/editor-draft";
import { moved } from "#lib/on-call/editor-draft";

export interface PolicyEditorProps {
  /** Null: a new one. */
  policy: { id: string; slug: string; version: number } | null;
  base: PolicyDraft;
  choices: TargetChoices & EndingChoices & { teams: readonly { id: string; name: string }[] };
}

/** The ladder on one side, what it would do on the other; nothing changes before it is saved. */
export function PolicyEditor(props: PolicyEditorProps) {
  const { policy, choices } = props;
  const editor = usePolicyEditor(props);
  const { draft, setDraft, errorsFor } = editor;
  return (
    <>
      <DraftNotices
        conflict={editor.conflict}
        problem={editor.problem}
        restoredAt={null}
        onDiscard={editor.discard}
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,26rem)]">
        <div className="flex min-w-0 flex-col gap-4">
          <Card title="Policy">
            <PolicySettings draft={draft} teams={choices.teams} errorsFor={errorsFor} onChange={setDraft} />
          </Card>
          <LevelStack draft={draft} choices={choices} errorsFor={errorsFor} onChange={setDraft} />
          <Card title="At the end">
            <PolicyEnding draft={draft} choices={choices} errorsFor={errorsFor} onChange={setDraft} />
          </Card>
        </div>
        <div className="min-w-0 lg:sticky lg:top-4">
          <PolicyTrialCard trial={editor.trial} />
        </div>
      </div>
      <SaveBar
        changes={editor.changes}
        obstacle={editor.obstacle}
        isNew={policy === null}
        pending={editor.isSaving}
        onDiscard={editor.discard}
        onSave={editor.save}
      />
    </>
  );
}

interface LevelStackProps {
  draft: PolicyDraft;
  choices: TargetChoices;
  errorsFor: (path: string) => string[];
  onChange: (draft: PolicyDraft) => void;
}

function LevelStack({ draft, choices, errorsFor, onChange }: LevelStackProps) {
  const announce = useAnnounce();
  const { levels } = draft;
  const put = (changed: PolicyDraft["levels"]) => onChange({ ...draft, levels: changed });
  const move = (index: number, step: 1 | -1) => {
    put(moved(levels, index, step));
    announce(`Level ${index + 1} is now level ${Math.min(levels.length, Math.max(1, index + 1 + step))}`);
  };
  return (
    <section aria-label="Levels" className="flex flex-col gap-2">
      <h2 className="text-body font-semibold">
        Levels{" "}
        <span className="text-meta font-regular text-text-3">
          told one after the other until somebody answers
        </span>
      </h2>
      {levels.map((level, index) => (
        <LevelEditor
          key={level.key}
          level={level}
          position={index + 1}
          total={levels.length}
          choices={choices}
          errorsFor={(path) => errorsFor(`levels.${index}.${path}`)}
          onChange={(changed) => put(levels.map((other) => (other.key === changed.key ? changed : other)))}
          onMove={(step) => move(index, step)}
          onRemove={() => put(levels.filter(({ key }) => key !== level.key))}
        />
      ))}
      <Button
        className="self-start"
        icon={<Plus aria-hidden />}
        disabled={levels.length >= 20}
        onClick={() => {
          put([...levels, newLevel(crypto.randomUUID(), 10)]);
          announce(`Level ${levels.length + 1} added`);
        }}
      >
        Add level
      </Button>
    </section>
  );
}
