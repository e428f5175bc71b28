"use client";

import { Time } from "#components/time/time";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";

interface DraftNoticesProps {
  /** Somebody else published; nothing is overwritten before `onRebase`. */
  conflict: { message: string; onRebase: () => void } | null;
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
            Nothing is overwritten. The preview compares your draft with what is in force now.
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
