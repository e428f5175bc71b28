"use client";

import { useState } from "react";
import { Time } from "#components/time/time";
import { cn } from "#components/ui/class-name";
import { Disclosure } from "#components/ui/disclosure";
import { formatDuration } from "#lib/time/format";
import { logSentence } from "#lib/incidents/log-sentence";
import type { LogEntryDto } from "#lib/incidents/schemas";
import type { LogEntryClass } from "#lib/incidents/vocabulary";

type Filter = "key" | "all" | LogEntryClass;

const FILTERS: readonly { id: Filter; label: string }[] = [
  { id: "key", label: "Key and notes" },
  { id: "all", label: "All" },
  { id: "people", label: "People" },
  { id: "system", label: "System" },
  { id: "notification", label: "Notifications" },
];

interface TimelineProps {
  entries: readonly LogEntryDto[];
  startedAt: string;
  /** Newest first while the incident is open. */
  open: boolean;
}

/** The incident's story. Consecutive notifications fold into one line. */
export function Timeline({ entries, startedAt, open }: TimelineProps) {
  const [filter, setFilter] = useState<Filter>("key");
  const shown = entries.filter((entry) => isShown(entry, filter));
  const ordered = open ? shown.toReversed() : shown;
  const groups = fold(ordered);
  return (
    <section aria-label="Timeline" className="flex flex-col gap-2">
      <fieldset aria-label="What the timeline shows" className="flex flex-wrap gap-1">
        {FILTERS.map(({ id, label }) => (
          <button
            key={id}
            type="button"
            aria-pressed={filter === id}
            onClick={() => setFilter(id)}
            className="h-7 rounded-full border px-2.5 text-table text-text-2 hover:bg-raised aria-pressed:border-ink aria-pressed:bg-ink aria-pressed:text-on-ink touch:h-10"
          >
            {label}
          </button>
        ))}
      </fieldset>
      <div role="log" aria-label="Log entries" aria-live="off">
        <ol className="flex flex-col">
          {groups.map((group) => (
            <li key={group.key} className="border-b py-2 last:border-b-0">
              {group.entries.length === 1 || group.class !== "notification" ? (
                group.entries.map((entry) => <Entry key={entry.id} entry={entry} startedAt={startedAt} />)
              ) : (
                <Disclosure summary={`${group.entries.length} notifications`}>
                  {group.entries.map((entry) => (
                    <Entry key={entry.id} entry={entry} startedAt={startedAt} />
                  ))}
                </Disclosure>
              )}
            </li>
          ))}
        </ol>
      </div>
      {groups.length === 0 ? (
        <p className="py-4 text-body text-text-3">Nothing of this kind has happened.</p>
      ) : null}
    </section>
  );
}

function isShown(entry: LogEntryDto, filter: Filter): boolean {
  if (filter === "all") return true;
  if (filter === "key") return entry.class === "key" || entry.class === "people";
  return entry.class === filter;
}

type Group = { key: string; class: LogEntryClass; entries: LogEntryDto[] };

function fold(entries: readonly LogEntryDto[]): Group[] {
  const groups: Group[] = [];
  for (const entry of entries) {
    const last = groups.at(-1);
    if (last && last.class === "notification" && entry.class === "notification") last.entries.push(entry);
    else groups.push({ key: entry.id, class: entry.class, entries: [entry] });
  }
  return groups;
}

function Entry({ entry, startedAt }: { entry: LogEntryDto; startedAt: string }) {
  const since = Date.parse(entry.at) - Date.parse(startedAt);
  const note = entry.type === "annotate" || entry.type === "status_update";
  return (
    <div className="grid grid-cols-[88px_1fr] gap-3 text-body max-sm:grid-cols-1 max-sm:gap-0.5">
      <span className="tabular text-table text-text-3">
        <Time at={entry.at} format="clock" />
        {since >= 0 ? <span className="ml-1 sm:block sm:ml-0">T+{formatDuration(since)}</span> : null}
      </span>
      <div className="min-w-0">
        <p className={cn(entry.class === "key" && "font-medium", entry.class === "system" && "text-text-2")}>
          <bdi>{logSentence(entry)}</bdi>
        </p>
        {entry.note ? (
          <p
            className={cn(
              "mt-0.5 whitespace-pre-wrap",
              note ? "rounded-card bg-raised px-3 py-2" : "text-text-2",
            )}
          >
            <bdi>{entry.note}</bdi>
          </p>
        ) : null}
      </div>
    </div>
  );
}
