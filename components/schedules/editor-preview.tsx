"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import { DraftDifference } from "#components/schedules/draft-difference";
import { ShiftLanes } from "#components/schedules/shift-lanes";
import { ShiftTable } from "#components/schedules/shift-table";
import { WarningList } from "#components/schedules/warning-list";
import { useViewer } from "#components/time/viewer";
import { Badge } from "#components/ui/badge";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Card } from "#components/ui/card";
import { IconButton } from "#components/ui/icon-button";
import { ProgressLine } from "#components/ui/progress-line";
import { Skeleton } from "#components/ui/skeleton";
import { boardLanes } from "#lib/on-call/board";
import { calendarPage, CALENDAR_VIEWS } from "#lib/on-call/calendar-view";
import type { CalendarPage, CalendarView } from "#lib/on-call/calendar-view";
import type { Preview } from "#lib/on-call/client";
import { warningSentence } from "#lib/on-call/warning-sentence";
import { formatDayTime } from "#lib/time/format";

type Drawn = Extract<Preview, { kind: "preview" }>;

/** Which stretch of time the preview shows. */
export function usePreviewPage(timeZone: string, now: number) {
  const [shown, setShown] = useState<{ view: CalendarView; from: string | null }>({ view: "2w", from: null });
  return { page: calendarPage({ ...shown, timeZone, now }), shown, setShown };
}

interface EditorPreviewProps {
  name: string;
  timeZone: string;
  preview: Preview | undefined;
  error: Error | null;
  isFetching: boolean;
  now: number;
  page: CalendarPage;
  onShow: (shown: { view: CalendarView; from: string | null }) => void;
  layerNames: ReadonlyMap<string, string>;
  isNew: boolean;
}

/** What the draft would do: who is on call when, whose shifts change, and what to look at before publishing. */
export function EditorPreview(props: EditorPreviewProps) {
  const { preview, error, isFetching, page, onShow, isNew } = props;
  const drawn = preview?.kind === "preview" ? preview : undefined;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <Card
        flush
        title="Preview"
        subtitle={`If it were published now; times in ${props.timeZone}`}
        actions={<Paging page={page} onShow={onShow} />}
      >
        <ProgressLine active={isFetching} />
        {error ? (
          <Callout tone="danger" className="m-4" title={`No preview: ${error.message}`}>
            The draft is kept in this browser.
          </Callout>
        ) : null}
        {preview?.kind === "invalid" ? (
          <Callout tone="warning" className="m-4" title="This can’t be drawn yet">
            {preview.fields.map(({ message }) => message).join(" ")}
          </Callout>
        ) : null}
        {drawn === undefined ? (
          error || preview ? null : (
            <Skeleton className="m-4 h-40" />
          )
        ) : (
          <Drawing {...props} drawn={drawn} />
        )}
      </Card>
      {drawn === undefined ? null : (
        <>
          {isNew ? null : <DraftDifference difference={drawn.difference} title={page.title} />}
          <Judgement drawn={drawn} layerNames={props.layerNames} timeZone={props.timeZone} />
        </>
      )}
    </div>
  );
}

const VIEW_NAMES: Record<CalendarView, string> = {
  day: "Day",
  week: "Week",
  "2w": "2 weeks",
  month: "Month",
};

function Paging({ page, onShow }: Pick<EditorPreviewProps, "page" | "onShow">) {
  return (
    <div className="flex flex-wrap items-center justify-end gap-1">
      <IconButton
        size="small"
        name="Before"
        icon={<ChevronLeft aria-hidden />}
        onClick={() => onShow({ view: page.view, from: page.previous })}
      />
      <span className="tabular text-table text-text-2 max-sm:hidden">{page.title}</span>
      <IconButton
        size="small"
        name="After"
        icon={<ChevronRight aria-hidden />}
        onClick={() => onShow({ view: page.view, from: page.next })}
      />
      {CALENDAR_VIEWS.map((view) => (
        <Button
          key={view}
          size="small"
          variant="ghost"
          aria-pressed={page.view === view}
          className="max-md:hidden aria-pressed:bg-raised aria-pressed:text-text"
          onClick={() => onShow({ view, from: page.isCurrent ? null : page.from })}
        >
          {VIEW_NAMES[view]}
        </Button>
      ))}
    </div>
  );
}

function Drawing({ drawn, name, timeZone, page, now }: EditorPreviewProps & { drawn: Drawn }) {
  const viewer = useViewer();
  const lanes = boardLanes(drawn.rendered, {
    reader: { ...viewer, timeZone },
    scheduleZone: timeZone,
    windowEnd: page.end,
  });
  const final = lanes.find(({ kind }) => kind === "final")?.items ?? [];
  return (
    <>
      <div className="px-4 pb-3 max-md:hidden">
        <ShiftLanes label={`Preview of ${name}, times in ${timeZone}`} lanes={lanes} page={page} now={now} />
      </div>
      <div className="md:hidden">
        <ShiftTable caption={`Preview of ${name}`} items={final} now={now} />
      </div>
    </>
  );
}

interface JudgementProps {
  drawn: Drawn;
  layerNames: ReadonlyMap<string, string>;
  timeZone: string;
}

function Judgement({ drawn, layerNames, timeZone }: JudgementProps) {
  const viewer = useViewer();
  const people = new Map(drawn.people.map(({ id, name }) => [id, name]));
  const time = (at: Date | string) => formatDayTime(new Date(at).getTime(), { ...viewer, timeZone });
  const sentences = drawn.warnings.map((warning) =>
    warningSentence(warning, {
      person: (id) => people.get(id) ?? id,
      layer: (id) => layerNames.get(id) ?? id,
      time,
    }),
  );
  const gaps = drawn.upcomingGaps;
  return (
    <Card
      title="Before you publish"
      subtitle="Next 90 days"
      actions={
        <Badge hue={gaps.length === 0 ? "green" : "red"}>
          {gaps.length === 0 ? "No gaps" : `${gaps.length} ${gaps.length === 1 ? "gap" : "gaps"}`}
        </Badge>
      }
    >
      <div className="flex flex-col gap-3">
        {gaps.length === 0 ? null : (
          <ul aria-label="Gaps" className="flex flex-col gap-1">
            {gaps.slice(0, 5).map((gap) => (
              <li key={gap.start} className="text-body text-status-red-fg">
                No one is on call {time(gap.start)} – {time(gap.end)}
                {drawn.newUpcomingGaps.some((it) => it.start < gap.end && gap.start < it.end) ? " (new)" : ""}
              </li>
            ))}
            {gaps.length > 5 ? <li className="text-meta text-text-3">and {gaps.length - 5} more</li> : null}
          </ul>
        )}
        <WarningList sentences={sentences} />
        {gaps.length + sentences.length === 0 ? (
          <p className="text-body text-text-2">
            Nothing stands out: everybody rests and every hour is covered.
          </p>
        ) : null}
      </div>
    </Card>
  );
}
