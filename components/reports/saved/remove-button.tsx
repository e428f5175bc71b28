"use client";

import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { endSchedule, removeGameDay, removeView, revokeSnapshot } from "#lib/reports/client";

const WAYS = {
  view: { remove: removeView, label: "Remove", done: "removed" },
  schedule: { remove: endSchedule, label: "Stop", done: "stopped" },
  gameDay: { remove: removeGameDay, label: "Remove", done: "removed" },
  snapshot: { remove: revokeSnapshot, label: "Revoke", done: "revoked" },
};

interface RemoveButtonProps {
  kind: keyof typeof WAYS;
  id: string;
  name: string;
}

/** Ends a view, a schedule or a snapshot's address at once. */
export function RemoveButton({ kind, id, name }: RemoveButtonProps) {
  const { remove, label, done } = WAYS[kind];
  const change = useChange({ change: () => remove(id), done: `${name} ${done}`, failed: `Not ${done}` });
  return (
    <Button
      size="small"
      pending={change.isPending}
      aria-label={`${label} ${name}`}
      onClick={() => change.mutate()}
    >
      {label}
    </Button>
  );
}
