"use client";

import { Button } from "#components/ui/button";

interface SaveBarProps {
  changes: readonly string[];
  /** Why it can't be saved now; null: it can. */
  obstacle: string | null;
  isNew: boolean;
  pending: boolean;
  onDiscard: () => void;
  onSave: () => void;
}

export function SaveBar({ changes, obstacle, isNew, pending, onDiscard, onSave }: SaveBarProps) {
  return (
    <section
      aria-label="Save"
      className="sticky bottom-(--bottom-bar-height) z-20 -mx-4 mt-4 flex flex-wrap items-center gap-x-4 gap-y-2 border-t bg-surface px-4 py-3 md:-mx-6 md:px-6"
    >
      <p
        className="min-w-0 flex-1 truncate max-sm:basis-full text-table text-text-2"
        title={changes.join(", ")}
      >
        <span className="text-body font-medium text-text">
          {changes.length === 0
            ? isNew
              ? "Not saved yet"
              : "No changes"
            : `${changes.length} ${changes.length === 1 ? "change" : "changes"}`}
        </span>
        {changes.length === 0 ? "" : ` · ${changes.join(", ")}`}
      </p>
      <span className="flex items-center gap-2 max-sm:w-full max-sm:[&>button]:flex-1">
        <Button variant="ghost" disabled={changes.length === 0} onClick={onDiscard}>
          Discard
        </Button>
        <Button
          variant="primary"
          aria-disabled={obstacle !== null}
          title={obstacle ?? undefined}
          pending={pending}
          pendingLabel="Saving…"
          onClick={() => {
            if (obstacle === null) onSave();
          }}
        >
          {isNew ? "Create policy" : "Save policy"}
        </Button>
      </span>
    </section>
  );
}
