"use client";

import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useAnnounce } from "#components/layout/announcer";
import { useSettled } from "#components/schedules/use-settled";
import { toast } from "#components/ui/toaster";
import { ApiProblem } from "#lib/browser/api";
import { publishRuleSet, trialOptions } from "#lib/rules/client";
import { pathChanges } from "#lib/rules/draft";
import type { RulePath } from "#lib/rules/rule";
import type { RulePlace } from "#lib/rules/schemas";

type Options = {
  place: RulePlace;
  base: RulePath;
  version: number;
  /** What is edited at first, and why; null: what is in force. */
  start: { draft: RulePath; reason: string } | null;
};

/** The draft, what it would do, and the way to put it in force. */
export function useRuleEditor({ place, base, version, start }: Options) {
  const [{ draft, from, baseVersion }, setState] = useState({
    draft: start?.draft ?? base,
    from: base,
    baseVersion: version,
  });
  const [payload, setPayload] = useState<string | null>(null);
  const [reason, setReason] = useState(start?.reason ?? "");
  const settled = useSettled(draft, 250);
  const trial = useQuery({
    ...trialOptions({ ...place, path: settled, payload }),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const restart = (next: RulePath) => setState({ draft: next, from: base, baseVersion: version });
  const publishing = usePublishing();
  const changes = pathChanges(base, draft);
  const isConflicting = version !== baseVersion || isConflict(publishing.error);
  return {
    draft,
    setDraft: (changed: RulePath) => setState({ draft: changed, from, baseVersion }),
    payload,
    setPayload,
    reason,
    setReason,
    trial,
    changes,
    conflict: isConflicting
      ? {
          message: publishing.error?.message ?? `Version ${version} was published meanwhile.`,
          theirs: pathChanges(from, base),
          both: [],
          onRebase: () => {
            publishing.reset();
            restart(draft);
          },
        }
      : null,
    problem: publishing.error === null || isConflict(publishing.error) ? null : publishing.error.message,
    isPublishing: publishing.isPending,
    publish: () =>
      publishing.mutate(
        { ...place, path: draft, reason, expectedVersion: baseVersion },
        {
          onSuccess: ({ version: published }) => {
            setReason("");
            setState({ draft, from: draft, baseVersion: published });
          },
        },
      ),
    discard: () => {
      publishing.reset();
      restart(base);
    },
  };
}

function usePublishing() {
  const router = useRouter();
  const announce = useAnnounce();
  return useMutation({
    networkMode: "always",
    mutationFn: publishRuleSet,
    onSuccess: ({ version }) => {
      toast.success(`Version ${version} is in force for every event from now on.`);
      announce(`Version ${version} published`);
      router.refresh();
    },
    onError: (error) => {
      // Brings what was published meanwhile; the draft stays.
      if (isConflict(error)) router.refresh();
    },
  });
}

function isConflict(error: Error | null): boolean {
  return error instanceof ApiProblem && error.status === 409;
}
