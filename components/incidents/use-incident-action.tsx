"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useAnnounce } from "#components/layout/announcer";
import { toast } from "#components/ui/toaster";
import { ApiProblem } from "#lib/browser/api";
import { actOnIncidents, describeResults, incidentOptions } from "#lib/incidents/client";
import type { ActionResult } from "#lib/incidents/client";
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

interface IncidentActionOptions {
  onDone?: (action: BulkAction) => void;
  /** How to take an action back, if there is a way. */
  undoOf?: (action: BulkAction) => (() => void) | undefined;
}

/**
 * Acts on incidents and says what became of it. Nothing on screen changes before the server answered: a page that looks acknowledged
 * while the escalation goes on would be the worst thing this product could show.
 */
export function useIncidentAction({ onDone, undoOf }: IncidentActionOptions = {}) {
  const queryClient = useQueryClient();
  const router = useRouter();
  const announce = useAnnounce();
  /** The one incident that was just resolved, if whoever resolved it is asked about its page. */
  const askedAbout = async ({ action }: BulkAction, results: readonly ActionResult[]) => {
    const [only, ...others] = results;
    if (action !== "resolve" || !only || others.length > 0) return null;
    const incident = await queryClient
      .query({ ...incidentOptions(only.incidentId), staleTime: 0 })
      .catch(() => null);
    return incident?.ownVerdict?.useful === null ? incident : null;
  };
  const mutation = useMutation({
    mutationFn: actOnIncidents,
    networkMode: "always",
    onSuccess: async (results, action) => {
      const text = describeResults(DONE[action.action], results);
      const undo = undoOf?.(action);
      announce(text);
      onDone?.(action);
      if (results.some(({ refused }) => refused !== null)) toast.warning(text);
      else if (undo) toast.success(text, { action: { label: "Undo", onPress: undo } });
      else {
        const asked = await askedAbout(action, results);
        toast.success(
          text,
          asked === null
            ? {}
            : {
                description: "You were paged about it.",
                action: {
                  label: "Was that useful?",
                  onPress: () => router.push(`/incidents/${asked.number}`),
                },
              },
        );
      }
    },
    onError: (error, action) => {
      const problem = error instanceof ApiProblem ? error : null;
      const text = `${FAILED[action.action]}: ${problem?.message ?? "it failed in the browser."}`;
      const refused = problem !== null && problem.status >= 400 && problem.status < 500;
      toast.error(
        text,
        refused
          ? {}
          : {
              description: "What this page shows is what the server knows.",
              action: { label: "Try again", onPress: () => mutation.mutate(action) },
            },
      );
      announce(text, { assertive: true });
    },
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: ["incidents"] });
      router.refresh();
    },
  });
  return mutation;
}
