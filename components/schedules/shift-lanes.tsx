"use client";

import type { KeyboardEvent } from "react";
import { ShiftBlock } from "#components/schedules/shift-block";
import { cn } from "#components/ui/class-name";
import { placeInstant } from "#lib/charts/spans";
import type { BoardItem, BoardLane } from "#lib/on-call/board";
import type { CalendarPage } from "#lib/on-call/calendar-view";

export type LanesPage = Pick<CalendarPage, "start" | "end" | "days" | "ticks">;

interface ShiftLanesProps {
  /** Names the drawing: the schedule and the zone that its times are in. */
  label: string;
  lanes: readonly BoardLane[];
  page: LanesPage;
  /** Epoch milliseconds of the line marked now. */
  now: number;
  /** Opens a shift, an override or a gap; left out, the blocks are only shown. */
  onOpen?: ((item: BoardItem) => void) | undefined;
}

const LABEL_WIDTH = "left-28";

/** Lanes of shifts over days, the result first. Arrow keys move between the blocks, Enter opens one. */
export function ShiftLanes({ label, lanes, page, now, onOpen }: ShiftLanesProps) {
  const nowAt = placeInstant(now, page);
  return (
    <figure aria-label={label} className="@container/lanes">
      <Axis page={page} />
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- only moves focus between the buttons inside */}
      <div className="relative" onKeyDown={moveByArrow}>
        <Grid page={page} />
        {lanes.map((lane, index) => (
          <Lane key={lane.id} lane={lane} page={page} onOpen={onOpen} isFirst={index === 0} now={now} />
        ))}
        {nowAt === undefined ? null : (
          <div aria-hidden className={cn("pointer-events-none absolute inset-y-0 right-0", LABEL_WIDTH)}>
            <span
              className="absolute -top-1 bottom-0 w-0.5 -translate-x-1/2 bg-accent before:absolute before:-top-1 before:left-1/2 before:size-2 before:-translate-x-1/2 before:rounded-full before:bg-accent"
              style={{ left: `${nowAt * 100}%` }}
            />
          </div>
        )}
      </div>
    </figure>
  );
}

function Axis({ page }: { page: LanesPage }) {
  const isDense = page.ticks.length > 10;
  return (
    <div aria-hidden className="relative ml-28 h-6 overflow-hidden text-meta text-text-3">
      {page.ticks.map(({ at, label }, index) => (
        <span
          key={at}
          className={cn(
            "absolute pl-1.5 whitespace-nowrap",
            isDense && index % 2 === 1 && "hidden @4xl/lanes:inline",
          )}
          style={{ left: `${(placeInstant(at, page) ?? 0) * 100}%` }}
        >
          {label}
        </span>
      ))}
    </div>
  );
}

function Grid({ page }: { page: LanesPage }) {
  const width = page.end - page.start;
  return (
    <div aria-hidden className={cn("absolute inset-y-0 right-0", LABEL_WIDTH)}>
      {page.days.map(({ date, start, end, isWeekend }) =>
        isWeekend ? (
          <span
            key={date}
            className="absolute inset-y-0 bg-sunken"
            style={{
              left: `${((start - page.start) / width) * 100}%`,
              width: `${((end - start) / width) * 100}%`,
            }}
          />
        ) : null,
      )}
      {page.ticks.map(({ at }) => (
        <span
          key={at}
          className="absolute inset-y-0 w-px bg-border"
          style={{ left: `${((at - page.start) / width) * 100}%` }}
        />
      ))}
    </div>
  );
}

interface LaneProps {
  lane: BoardLane;
  page: LanesPage;
  onOpen: ShiftLanesProps["onOpen"];
  isFirst: boolean;
  now: number;
}

function Lane({ lane, page, onOpen, isFirst, now }: LaneProps) {
  // Layers alone are no plan anybody follows: only the result and the overrides are opened.
  const open = lane.kind === "layer" || lane.kind === "shadows" ? undefined : onOpen;
  const current = Math.max(
    0,
    lane.items.findIndex((item) => item.end > now),
  );
  return (
    <div className={cn("flex items-center border-t", isFirst ? "py-1.5" : "py-1")}>
      <span
        title={lane.name}
        className={cn(
          "w-28 shrink-0 truncate pr-3 text-table",
          lane.kind === "final" ? "font-semibold" : "text-text-2",
        )}
      >
        {lane.name}
      </span>
      <ul
        aria-label={lane.kind === "layer" ? `Layer ${lane.name}` : lane.name}
        className={cn("relative flex-1", lane.kind === "final" ? "h-10" : "h-7")}
      >
        {lane.items.map((item, index) => (
          <ShiftBlock
            key={item.id}
            item={item}
            page={page}
            isPast={item.end <= now}
            isStop={index === current}
            onOpen={open}
          />
        ))}
      </ul>
    </div>
  );
}

/** One Tab stop a lane; arrows go on within it and between lanes. */
function moveByArrow(event: KeyboardEvent<HTMLElement>): void {
  const steps: Record<string, [lane: number, block: number]> = {
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
  };
  const step = steps[event.key];
  const active = document.activeElement;
  if (step === undefined || event.shiftKey || event.altKey || event.metaKey || event.ctrlKey) return;
  const lanes = [...event.currentTarget.querySelectorAll("ul")]
    .map((list) => [...list.querySelectorAll<HTMLElement>("button")])
    .filter((blocks) => blocks.length > 0);
  const lane = lanes.findIndex((blocks) => blocks.some((block) => block === active));
  const from = lanes[lane]?.findIndex((block) => block === active) ?? -1;
  const blocks = lanes[lane + step[0]];
  const target = blocks?.[step[0] === 0 ? from + step[1] : Math.min(from, blocks.length - 1)];
  if (target === undefined) return;
  event.preventDefault();
  target.focus();
}
