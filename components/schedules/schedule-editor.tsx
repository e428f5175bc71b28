"use client";

import { useCommands } from "#components/layout/commands";
import { DraftNotices } from "#components/schedules/draft-notices";
import { EditorPreview } from "#components/schedules/editor-preview";
import { EditorSettings } from "#components/schedules/editor-settings";
import { EditorProvider } from "#components/schedules/layer-context";
import { LayerStack } from "#components/schedules/layer-stack";
import type { PersonChoice } from "#components/schedules/override-dialog";
import { PublishBar } from "#components/schedules/publish-bar";
import { useScheduleEditor } from "#components/schedules/use-schedule-editor";
import { Card } from "#components/ui/card";
import type { EditorDraft } from "#lib/on-call/editor-draft";

export interface ScheduleEditorProps {
  /** Null: a new one. */
  schedule: { id: string; slug: string; version: number } | null;
  /** What a new one started from. */
  template: string | null;
  base: EditorDraft;
  /** Epoch milliseconds; the preview's "now". */
  now: number;
  today: string;
  people: readonly PersonChoice[];
  teams: readonly { id: string; name: string }[];
  timeZones: readonly string[];
}

/** Layers on one side, what they would do on the other; nothing is in force before it is published. */
export function ScheduleEditor(props: ScheduleEditorProps) {
  const { schedule, now, today, people, teams, timeZones } = props;
  const editor = useScheduleEditor(props);
  const { draft, preview } = editor;
  return (
    <EditorProvider value={{ people, timeZone: draft.timeZone, errorsFor: editor.errorsFor }}>
      <DraftNotices
        conflict={editor.conflict}
        problem={editor.problem}
        restoredAt={editor.restoredAt}
        onDiscard={editor.discard}
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_400px] 2xl:grid-cols-[minmax(0,1fr)_440px]">
        <div className="order-2 min-w-0 lg:sticky lg:top-4 lg:order-1">
          <EditorPreview
            name={draft.name}
            timeZone={draft.timeZone}
            preview={preview.data}
            error={preview.error}
            isFetching={preview.isFetching}
            now={now}
            page={editor.page}
            onShow={editor.onShow}
            layerNames={namesOfLayers(draft)}
            isNew={schedule === null}
          />
        </div>
        <div className="order-1 flex min-w-0 flex-col gap-4 lg:order-2">
          <Card title="Schedule">
            <EditorSettings draft={draft} teams={teams} timeZones={timeZones} onChange={editor.setDraft} />
          </Card>
          <LayerStack draft={draft} today={today} isNew={schedule === null} onChange={editor.setDraft} />
        </div>
      </div>
      <PublishBar
        changes={editor.changes}
        newGaps={editor.newGaps}
        obstacle={editor.obstacle}
        isNew={schedule === null}
        pending={editor.isPublishing}
        onDiscard={editor.discard}
        onPublish={editor.publish}
      />
      <EditorCommands onShow={editor.onShow} />
    </EditorProvider>
  );
}

/** By the ids that the preview knows: new layers are numbered there in the order of the document. */
function namesOfLayers({ layers }: EditorDraft): Map<string, string> {
  let count = 0;
  return new Map(layers.map(({ id, name }) => [id ?? `draft-${(count += 1)}`, name.trim() || "New layer"]));
}

function EditorCommands({ onShow }: { onShow: ReturnType<typeof useScheduleEditor>["onShow"] }) {
  const show = (view: "day" | "week" | "month", keys: string) => ({
    id: `editor ${view}`,
    title: `Preview a ${view}`,
    section: "This draft",
    keys,
    perform: () => onShow({ view, from: null }),
  });
  useCommands([show("day", "d"), show("week", "w"), show("month", "m")]);
  return null;
}
