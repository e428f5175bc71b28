import type { Notice } from "#lib/notifications/vocabulary";
import { formatDayOfYear } from "#lib/time/format-day";

/** Something that a person should have done by a day (YYYY-MM-DD). */
export type OverdueItem = { kind: "action" | "review"; title: string; dueOn: string };

const MOST_LINES = 10;

/** What a person is told about what is overdue; the items with the one longest overdue first. */
export function overdueNotice(items: readonly OverdueItem[]): Notice {
  const actions = items.filter(({ kind }) => kind === "action").length;
  const reviews = items.length - actions;
  const parts = [
    ...(actions > 0 ? [`${actions} corrective ${actions === 1 ? "action" : "actions"}`] : []),
    ...(reviews > 0 ? [`${reviews} ${reviews === 1 ? "review" : "reviews"}`] : []),
  ];
  const lines = items
    .slice(0, MOST_LINES)
    .map(
      ({ kind, title, dueOn }) =>
        `${kind === "review" ? "Review of " : ""}${title} (due ${formatDayOfYear(dueOn)})`,
    );
  const more = items.length > MOST_LINES ? [`and ${items.length - MOST_LINES} more`] : [];
  return {
    title: `${parts.join(" and ")} of yours ${items.length === 1 ? "is" : "are"} overdue`,
    lines: [...lines, ...more],
    path: actions > 0 ? "/problems/actions?show=overdue" : "/problems/reviews",
  };
}

/**
 * Names what is told, so that it is told once: at once for what has just become overdue, and every week for as long as it stays so. `today`
 * is YYYY-MM-DD.
 */
export function overdueKey(items: readonly OverdueItem[], today: string): string {
  const newest =
    items
      .map(({ dueOn }) => dueOn)
      .toSorted()
      .at(-1) ?? today;
  const weeks = Math.floor((Date.parse(today) - Date.parse(newest)) / (7 * 86_400_000));
  return `overdue/${newest}/${weeks}`;
}
