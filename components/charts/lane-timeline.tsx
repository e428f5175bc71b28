import type { ReactNode } from "react";
import { cn } from "#components/ui/class-name";
import { personSlot } from "#components/ui/person-chip";
import { placeInstant, placeSpan, type Window } from "#lib/charts/spans";
import { percent } from "#components/charts/plot";

export interface LaneBlock {
  id: string;
  /** Epoch milliseconds, half-open. */
  start: number;
  end: number;
  /** Nobody: a gap. */
  person: { id: string; name: string } | undefined;
  /** The whole of it in words: "Maya Rossi, Tue 25 Nov 09:00 to Wed 09:00, layer 1". */
  label: string;
  /** Notched: replaces what the layers say. */
  override?: boolean;
  href?: string;
}

export interface Lane {
  id: string;
  label: ReactNode;
  blocks: readonly LaneBlock[];
  /** The result of all lanes: heavier and always first. */
  final?: boolean;
}

interface LaneTimelineProps {
  /** The schedule's name and zone, for the list that screen readers get. */
  label: string;
  lanes: readonly Lane[];
  window: Window;
  /** Boundaries of days or hours, labelled in the schedule's zone by whoever knows it. */
  ticks: readonly { at: number; label: string }[];
  /** Epoch milliseconds of the line marked "now". */
  now?: number;
  /** Without labels and axis, for a row of a table. */
  mini?: boolean;
}

/** Lanes of shifts over time: tint, bar and name say who; a red hatch says no one. */
export function LaneTimeline({ label, lanes, window, ticks, now, mini = false }: LaneTimelineProps) {
  const nowAt = now === undefined ? undefined : placeInstant(now, window);
  return (
    <figure aria-label={label} className="@container/lanes">
      {mini ? null : <Axis ticks={ticks} window={window} />}
      <div className="relative">
        <div aria-hidden className={`absolute inset-y-0 right-0 ${mini ? "left-0" : "left-24"}`}>
          {ticks.map((tick) => (
            <span
              key={tick.at}
              className="absolute inset-y-0 w-px bg-border"
              style={{ left: percent(placeInstant(tick.at, window) ?? 0) }}
            />
          ))}
        </div>
        {lanes.map((lane) => (
          <LaneRow key={lane.id} lane={lane} window={window} mini={mini} />
        ))}
        {nowAt === undefined ? null : (
          <div
            aria-hidden
            className={`pointer-events-none absolute inset-y-0 right-0 ${mini ? "left-0" : "left-24"}`}
          >
            <span
              className="absolute -inset-y-1 w-0.5 -translate-x-1/2 bg-accent"
              style={{ left: percent(nowAt) }}
            />
          </div>
        )}
      </div>
    </figure>
  );
}

function Axis({ ticks, window }: { ticks: LaneTimelineProps["ticks"]; window: Window }) {
  return (
    <div aria-hidden className="relative ml-24 h-5 overflow-hidden text-meta text-text-3">
      {ticks.map((tick, index) => (
        <span
          key={tick.at}
          className={`absolute pl-1.5 whitespace-nowrap ${index % 2 === 1 ? "hidden @2xl/lanes:inline" : ""}`}
          style={{ left: percent(placeInstant(tick.at, window) ?? 0) }}
        >
          {tick.label}
        </span>
      ))}
    </div>
  );
}

function LaneRow({ lane, window, mini }: { lane: Lane; window: Window; mini: boolean }) {
  return (
    <div className={`flex items-center ${mini ? "" : "border-t py-1"}`}>
      {mini ? null : (
        <span
          className={`w-24 shrink-0 truncate pr-2 text-table ${lane.final === true ? "font-semibold" : "text-text-2"}`}
        >
          {lane.label}
        </span>
      )}
      <ul className={`relative flex-1 ${mini ? "h-6" : "h-8"}`}>
        {lane.blocks.map((block) => (
          <Block key={block.id} block={block} window={window} />
        ))}
      </ul>
    </div>
  );
}

function Block({ block, window }: { block: LaneBlock; window: Window }) {
  const placed = placeSpan(block, window);
  if (placed === undefined) return null;
  const mark = {
    "data-mark": true,
    "data-tint": true,
    title: block.label,
    className: cn(
      "absolute inset-0 flex items-center overflow-hidden rounded-mark text-meta font-medium",
      placed.cutStart && "rounded-l-none",
      placed.cutEnd && "rounded-r-none",
      block.override === true && "[clip-path:polygon(0_0,calc(100%-8px)_0,100%_8px,100%_100%,0_100%)]",
      block.person === undefined &&
        "hatch justify-center border border-dashed border-status-red-fg bg-surface text-status-red-fg",
    ),
    style: block.person === undefined ? undefined : personStyle(block.person.id),
  };
  const text = <BlockText block={block} />;
  return (
    <li
      className="absolute inset-y-0"
      style={{ left: percent(placed.left), width: `calc(${percent(placed.width)} - 1px)` }}
    >
      {block.href === undefined ? (
        <span {...mark}>{text}</span>
      ) : (
        <a href={block.href} {...mark}>
          {text}
        </a>
      )}
    </li>
  );
}

function personStyle(personId: string) {
  const slot = personSlot(personId);
  return {
    background: `var(--person-${slot}-bg)`,
    color: `var(--person-${slot}-text)`,
    boxShadow: `inset 3px 0 0 var(--person-${slot}-bar)`,
  };
}

function BlockText({ block }: { block: LaneBlock }) {
  const shape = block.person === undefined ? "truncate rounded-mark bg-surface px-1" : "truncate px-2";
  return (
    <>
      <span aria-hidden className={shape}>
        {block.override === true ? "⟂ " : ""}
        {block.person?.name ?? "No one"}
      </span>
      <span className="sr-only">{block.label}</span>
    </>
  );
}
