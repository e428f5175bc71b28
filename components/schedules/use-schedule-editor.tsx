"use client";

import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useAnnounce } from "#components/layout/announcer";
import { usePreviewPage } from "#components/schedules/editor-preview";
import type { ScheduleEditorProps } from "#components/schedules/schedule-editor";
import { useSettled } from "#components/schedules/use-settled";
import { useStoredDraft } from "#components/schedules/use-stored-draft";
import { toast } from "#components/ui/toaster";
import { ApiProblem, fieldErrors } from "#lib/browser/api";
import { previewOptions, publishDraft } from "#lib/on-call/client";
import type { CalendarPage } from "#lib/on-call/calendar-view";
import type { Preview } from "#lib/on-call/client";
import { changesBetween, documentOf, drawableDocument } from "#lib/on-call/editor-draft";
import type { EditorDraft } from "#lib/on-call/editor-draft";

/** The draft, what it would do, and the way into force. */
export function useScheduleEditor(props: ScheduleEditorProps) {
  const { schedule, template, base, now } = props;
  const version = schedule?.version ?? 0;
  const stored = useStoredDraft(`touchline.schedule-draft.${schedule?.id ?? `new.${template}`}`, {
    base,
    version,
    isChanged: (changed) => changesBetween(base, changed).length > 0,
  });
  const { draft } = stored;
  const { page, setShown } = usePreviewPage(draft.timeZone, now);
  const { preview, isDrawn } = usePreview(props, draft, page);
  const publish = usePublish(
    schedule && { ...schedule, expectedVersion: stored.baseVersion },
    stored.discard,
  );
  const changes = changesBetween(base, draft);
  const isConflicting = version !== stored.baseVersion || isConflict(publish.error);
  const conflict = {
    message: conflictMessage(publish.error, version),
    theirs: stored.theirs,
    both: stored.conflicts,
    onRebase: () => {
      publish.reset();
      stored.rebase();
    },
  };
  return {
    ...stored,
    page,
    onShow: setShown,
    preview,
    changes,
    newGaps: newGapsOf(preview.data, schedule === null),
    conflict: isConflicting ? conflict : null,
    problem: isConflict(publish.error) ? null : (publish.error?.message ?? null),
    obstacle: obstacleOf({
      name: draft.name,
      isConflicting,
      isDrawn,
      isEmpty: schedule !== null && changes.length === 0,
    }),
    errorsFor: (path: string) => [
      ...invalidMessages(preview.data, path),
      ...fieldErrors(publish.error, path),
    ],
    isPublishing: publish.isPending,
    publish: () => publish.mutate(draft),
  };
}

function usePreview({ schedule }: ScheduleEditorProps, draft: EditorDraft, page: CalendarPage) {
  const asked = useSettled(draft);
  const preview = useQuery({
    ...previewOptions(
      {
        scheduleId: schedule?.id ?? null,
        document: drawableDocument(asked),
        window: { start: new Date(page.start).toISOString(), end: new Date(page.end).toISOString() },
      },
      schedule?.version ?? 0,
    ),
    placeholderData: keepPreviousData,
  });
  const isDrawn = asked === draft && !preview.isPlaceholderData && preview.data?.kind === "preview";
  return { preview, isDrawn };
}

function isConflict(error: Error | null): boolean {
  return error instanceof ApiProblem && error.status === 409;
}

function conflictMessage(error: Error | null, version: number): string {
  return error !== null && isConflict(error) ? error.message : `Version ${version} was published meanwhile.`;
}

function newGapsOf(preview: Preview | undefined, isNew: boolean): number {
  if (preview?.kind !== "preview") return 0;
  return isNew ? preview.upcomingGaps.length : preview.newUpcomingGaps.length;
}

function invalidMessages(preview: Preview | undefined, path: string): string[] {
  if (preview?.kind !== "invalid") return [];
  return preview.fields.filter(({ field }) => field === path).map(({ message }) => message);
}

type Readiness = { name: string; isConflicting: boolean; isDrawn: boolean; isEmpty: boolean };

function obstacleOf({ name, isConflicting, isDrawn, isEmpty }: Readiness): string | null {
  if (isEmpty) return "Nothing has changed";
  if (name.trim() === "") return "The schedule needs a name";
  if (isConflicting) return "Look at what was published meanwhile first";
  return isDrawn ? null : "The preview comes first";
}

function usePublish(
  schedule: { id: string; slug: string; expectedVersion: number } | null,
  onPublished: () => void,
) {
  const router = useRouter();
  const announce = useAnnounce();
  return useMutation({
    networkMode: "always",
    mutationFn: (draft: EditorDraft) => publishDraft(schedule, documentOf(draft)),
    onSuccess: ({ slug }) => {
      onPublished();
      toast.success("Published. It is in force from now on.");
      announce("Schedule published");
      router.push(`/schedules/${slug}`);
      router.refresh();
    },
    onError: (error) => {
      // Brings what was published meanwhile; the draft stays.
      if (isConflict(error)) router.refresh();
    },
  });
}
