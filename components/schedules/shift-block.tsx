"use client";

import type { LanesPage } from "#components/schedules/shift-lanes";
import { personTint } from "#components/schedules/person-tint";
import { cn } from "#components/ui/class-name";
import { placeSpan } from "#lib/charts/spans";
import type { BoardItem } from "#lib/on-call/board";

interface ShiftBlockProps {
  item: BoardItem;
  page: LanesPage;
  isPast: boolean;
  /** The one of its lane that Tab reaches. */
  isStop: boolean;
  onOpen?: ((item: BoardItem) => void) | undefined;
}

/** A shift is tint, bar and name; an override is notched; a gap is a red hatch that says no one. */
export function ShiftBlock({ item, page, isPast, isStop, onOpen }: ShiftBlockProps) {
  const placed = placeSpan(item, page);
  if (placed === undefined) return null;
  const label = describeItem(item);
  const mark = {
    "data-mark": true,
    "data-tint": true,
    title: label,
    className: cn(
      "absolute inset-0 flex items-center overflow-hidden rounded-mark text-left text-meta font-medium",
      placed.cutStart && "rounded-l-none",
      placed.cutEnd && "rounded-r-none",
      KINDS[item.kind],
      isPast && item.kind !== "gap" && "opacity-75",
    ),
    style: item.person === null ? undefined : personTint(item.person.id),
  };
  return (
    <li
      className="@container/block absolute inset-y-0"
      style={{ left: `${placed.left * 100}%`, width: `calc(${placed.width * 100}% - 1px)` }}
    >
      {onOpen === undefined ? (
        <span {...mark}>
          <BlockText item={item} />
          <span className="sr-only">{label}</span>
        </span>
      ) : (
        <button
          {...mark}
          type="button"
          aria-label={label}
          tabIndex={isStop ? 0 : -1}
          className={cn(mark.className, "cursor-pointer hover:brightness-95 focus-visible:z-10")}
          onClick={() => onOpen(item)}
        >
          <BlockText item={item} />
        </button>
      )}
    </li>
  );
}

const KINDS: Record<BoardItem["kind"], string> = {
  shift: "",
  override:
    "[clip-path:polygon(0_0,calc(100%-8px)_0,100%_8px,100%_100%,0_100%)] focus-visible:[clip-path:none]",
  gap: "hatch justify-center border border-dashed border-status-red-fg bg-surface text-status-red-fg",
};

function BlockText({ item }: { item: BoardItem }) {
  const name = item.person?.name ?? "No one";
  return (
    <>
      <span
        aria-hidden
        className={cn(
          "hidden truncate @min-[4.5rem]/block:inline",
          item.kind === "gap" ? "rounded-mark bg-surface px-1" : "px-2",
        )}
      >
        {item.kind === "override" ? "⟂ " : ""}
        {name}
        {item.length.includes(":") ? <span className="font-regular"> · {item.length}</span> : null}
      </span>
      <span
        aria-hidden
        className="hidden w-full truncate pl-0.75 text-center text-[10px] @min-[1.375rem]/block:inline @min-[4.5rem]/block:hidden"
      >
        {item.person === null ? "!" : initialsOf(name)}
      </span>
    </>
  );
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ""].map((word) =>
    String.fromCodePoint(word?.codePointAt(0) ?? 32).trim(),
  );
  return letters.join("").toUpperCase();
}

function describeItem(item: BoardItem): string {
  const who = item.person?.name ?? "No one is on call";
  const action = item.kind === "gap" ? ". Fill gap" : "";
  const shadows = item.shadows.length === 0 ? "" : `, shadowed by ${item.shadows.join(", ")}`;
  return `${who}, ${item.span}, ${item.length}, ${item.source}${shadows}${action}`;
}
