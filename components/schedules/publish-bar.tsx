"use client";

import { useState } from "react";
import { Button } from "#components/ui/button";
import { CheckboxField } from "#components/ui/checkbox";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { Disclosure } from "#components/ui/disclosure";

interface PublishBarProps {
  changes: readonly string[];
  newGaps: number;
  /** Why it can't be published now; null: it can. */
  obstacle: string | null;
  isNew: boolean;
  pending: boolean;
  onDiscard: () => void;
  onPublish: () => void;
}

/** What publishing means in one line; new gaps are accepted one by one tick, never by the way. */
export function PublishBar(props: PublishBarProps) {
  const { changes, newGaps, obstacle, isNew, pending, onDiscard, onPublish } = props;
  const [accepted, setAccepted] = useState(0);
  const [asking, setAsking] = useState(false);
  const isAccepted = newGaps === 0 || accepted === newGaps;
  const gapsText = newGaps === 1 ? "1 new gap" : `${newGaps} new gaps`;
  const because = obstacle ?? (isAccepted ? null : `Accept ${gapsText} first`);
  return (
    <section
      aria-label="Publish"
      className="sticky bottom-(--bottom-bar-height) z-20 -mx-4 mt-4 flex flex-wrap items-center gap-x-4 gap-y-2 border-t bg-surface px-4 py-3 md:-mx-6 md:px-6"
    >
      <ChangeSummary changes={changes} gapsText={newGaps === 0 ? null : gapsText} isNew={isNew} />
      {newGaps === 0 ? null : (
        <CheckboxField
          label={`Publish with ${gapsText}: nobody is paged then`}
          checked={isAccepted}
          onChange={(event) => setAccepted(event.target.checked ? newGaps : 0)}
        />
      )}
      <span className="flex items-center gap-2 max-sm:w-full max-sm:[&>button]:flex-1">
        <Button variant="ghost" disabled={changes.length === 0} onClick={() => setAsking(true)}>
          Discard
        </Button>
        <Button
          variant="primary"
          aria-disabled={because !== null}
          title={because ?? undefined}
          pending={pending}
          pendingLabel="Publishing…"
          onClick={() => {
            if (because === null) onPublish();
          }}
        >
          {isNew ? "Publish schedule" : "Publish"}
        </Button>
      </span>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Discard the draft?"
        confirmLabel="Discard draft"
        danger
        onConfirm={() => {
          setAsking(false);
          onDiscard();
        }}
      >
        {changes.length === 1 ? "1 change is" : `${changes.length} changes are`} thrown away. What is in force
        stays as it is.
      </ConfirmDialog>
    </section>
  );
}

interface ChangeSummaryProps {
  changes: readonly string[];
  gapsText: string | null;
  isNew: boolean;
}

function ChangeSummary({ changes, gapsText, isNew }: ChangeSummaryProps) {
  const untouched = isNew ? "Not published yet" : "No changes";
  const counted = `${changes.length} ${changes.length === 1 ? "change" : "changes"}`;
  return (
    <div className="min-w-0 flex-1 text-body max-sm:basis-full">
      <Disclosure
        summary={
          <span className="font-medium text-text">
            {changes.length === 0 ? untouched : counted}
            {gapsText === null ? null : <span className="text-status-red-fg"> · {gapsText}</span>}
          </span>
        }
      >
        <ul className="max-h-40 overflow-y-auto text-table text-text-2">
          {changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      </Disclosure>
    </div>
  );
}
