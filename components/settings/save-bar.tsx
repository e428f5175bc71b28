"use client";

import { Button } from "#components/ui/button";

interface SaveBarProps {
  /** Nothing to save: the bar isn't there. */
  dirty: boolean;
  pending: boolean;
  /** Why the last try failed. */
  error: Error | null;
  onDiscard: () => void;
}

/** Stays in sight at the foot of a long form as long as something in it is unsaved. */
export function SaveBar({ dirty, pending, error, onDiscard }: SaveBarProps) {
  if (!dirty) return null;
  return (
    <div className="sticky bottom-[calc(var(--bottom-bar-height)+8px)] z-20 flex flex-wrap items-center gap-2 rounded-card border bg-overlay px-4 py-2.5 shadow-layer">
      <p role={error ? "alert" : undefined} className="min-w-40 flex-1 text-body">
        {error ? <span className="text-status-red-fg">Not saved: {error.message}</span> : "Unsaved changes"}
      </p>
      <Button onClick={onDiscard}>Discard</Button>
      <Button type="submit" variant="primary" pending={pending} pendingLabel="Saving…">
        Save changes
      </Button>
    </div>
  );
}
