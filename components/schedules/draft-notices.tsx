"use client";

import { Time } from "#components/time/time";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";

interface DraftNoticesProps {
  /** Somebody else published; nothing is overwritten before `onRebase`. */
  conflict: {
    message: string;
    /** What they changed, and what of it the draft changes too, in words. */
    theirs: readonly string[];
    both: readonly string[];
    onRebase: () => void;
  } | null;
  problem: string | null;
  /** When the draft found in this browser was written, ISO 8601. */
  restoredAt: string | null;
  onDiscard: () => void;
}

/** What stands between the draft and publishing, and where the draft came from. */
export function DraftNotices({ conflict, problem, restoredAt, onDiscard }: DraftNoticesProps) {
  if (conflict === null && problem === null && restoredAt === null) return null;
  return (
    <div className="mb-4 flex flex-col gap-2">
      {problem === null ? null : (
        <div role="alert">
          <Callout tone="danger" title={`Not published: ${problem}`}>
            The draft is still here.
          </Callout>
        </div>
      )}
      {conflict === null ? null : (
        <div role="alert">
          <Callout
            tone="warning"
            title={conflict.message}
            actions={
              <>
                <Button size="small" onClick={onDiscard}>
                  Take theirs
                </Button>
                <Button size="small" onClick={conflict.onRebase}>
                  Put my draft on top
                </Button>
              </>
            }
          >
            {conflict.theirs.length === 0 ? null : <p>They changed: {conflict.theirs.join("; ")}.</p>}
            {conflict.both.length === 0 ? (
              <p>Nothing is overwritten: on top, your draft keeps what they changed.</p>
            ) : (
              <p>
                You both changed: {conflict.both.join("; ")}. There your draft would replace theirs; look at
                the preview before you publish.
              </p>
            )}
          </Callout>
        </div>
      )}
      {restoredAt === null || conflict !== null ? null : (
        <Callout
          title={
            <>
              Your draft from <Time at={restoredAt} format="list" /> is back
            </>
          }
          actions={
            <Button size="small" onClick={onDiscard}>
              Discard it
            </Button>
          }
        >
          It was kept in this browser and is not in force.
        </Callout>
      )}
    </div>
  );
}
