"use client";

import { Button } from "#components/ui/button";
import { Input } from "#components/ui/input";

interface PublishBarProps {
  changes: readonly string[];
  reason: string;
  onReason: (reason: string) => void;
  /** Why it can't be published now; null: it can. */
  obstacle: string | null;
  pending: boolean;
  onDiscard: () => void;
  onPublish: () => void;
}

/** What would change, why, and the way to put it in force. */
export function PublishBar(props: PublishBarProps) {
  const { changes, reason, onReason, obstacle, pending, onDiscard, onPublish } = props;
  return (
    <section
      aria-label="Publish"
      className="sticky bottom-(--bottom-bar-height) z-20 -mx-4 mt-4 flex flex-wrap items-center gap-x-4 gap-y-2 border-t bg-surface px-4 py-3 md:-mx-6 md:px-6"
    >
      <p
        className="min-w-0 flex-1 truncate text-table text-text-2 max-sm:basis-full"
        title={changes.join("; ")}
      >
        {changes.length === 0 ? "No changes" : changes.join("; ")}
        {changes.length === 0 || obstacle === null ? null : (
          <span className="block truncate text-meta text-status-amber-fg">
            Can’t be published yet: {obstacle}
          </span>
        )}
      </p>
      <Input
        aria-label="Why these rules change"
        placeholder="Why?"
        className="w-64 max-sm:w-full"
        value={reason}
        onChange={({ target }) => onReason(target.value)}
      />
      <span className="flex items-center gap-2 max-sm:w-full max-sm:[&>button]:flex-1">
        <Button variant="ghost" disabled={changes.length === 0} onClick={onDiscard}>
          Discard
        </Button>
        <Button
          variant="primary"
          aria-disabled={obstacle !== null}
          title={obstacle ?? undefined}
          pending={pending}
          pendingLabel="Publishing…"
          onClick={() => {
            if (obstacle === null) onPublish();
          }}
        >
          Publish
        </Button>
      </span>
    </section>
  );
}
