"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useAnnounce } from "#components/layout/announcer";
import { toast } from "#components/ui/toaster";
import { ApiProblem } from "#lib/browser/api";
import { actOnIncidents, describeResults } from "#lib/incidents/client";
import type { BulkAction } from "#lib/incidents/schemas";

const DONE: Record<BulkAction["action"], string> = {
  acknowledge: "Acknowledged",
  unacknowledge: "Un-acknowledged",
  resolve: "Resolved",
  snooze: "Snoozed",
  escalate: "Escalated",
  reassign: "Reassigned",
  delegate: "Handed over",
  merge: "Merged",
};

const FAILED: Record<BulkAction["action"], string> = {
  acknowledge: "Not acknowledged",
  unacknowledge: "Not un-acknowledged",
  resolve: "Not resolved",
  snooze: "Not snoozed",
  escalate: "Not escalated",
  reassign: "Not reassigned",
  delegate: "Not handed over",
  merge: "Not merged",
};

/**
 * Acts on incidents and says what became of it. Nothing on screen changes before the server answered: a page that looks acknowledged
 * while the escalation goes on would be the worst thing this product could show.
 */
export function useIncidentAction(onDone?: (action: BulkAction) => void) {
  const queryClient = useQueryClient();
  const router = useRouter();
  const announce = useAnnounce();
  return useMutation({
    mutationFn: actOnIncidents,
    networkMode: "always",
    onSuccess: (results, action) => {
      const text = describeResults(DONE[action.action], results);
      toast.success(text);
      announce(text);
      onDone?.(action);
    },
    onError: (error, action) => {
      const because = error instanceof ApiProblem ? error.message : "it failed in the browser";
      const text = `${FAILED[action.action]}: ${because}`;
      toast.error(text, { description: "Nothing has changed; the escalation continues." });
      announce(text, { assertive: true });
    },
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: ["incidents"] });
      router.refresh();
    },
  });
}
