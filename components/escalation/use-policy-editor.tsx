"use client";

import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { PolicyEditorProps } from "#components/escalation/policy-editor";
import { useAnnounce } from "#components/layout/announcer";
import { useSettled } from "#components/schedules/use-settled";
import { toast } from "#components/ui/toaster";
import { ApiProblem, fieldErrors } from "#lib/browser/api";
import { savePolicy, trialOptions } from "#lib/escalation/client";
import { policyChanges, policyInputOf, trialOfDraft } from "#lib/escalation/editor-draft";
import type { PolicyDraft } from "#lib/escalation/editor-draft";

/** The draft, what it would do, and the way to save it. */
export function usePolicyEditor({ policy, base }: PolicyEditorProps) {
  const version = policy?.version ?? 0;
  const [state, setState] = useState({ draft: base, from: base, baseVersion: version });
  const { draft, from, baseVersion } = state;
  const settled = useSettled(draft);
  const trial = useQuery({
    ...trialOptions({ ...trialOfDraft(settled), policyId: policy?.id ?? null }),
    placeholderData: keepPreviousData,
  });
  const save = useSave(policy && { ...policy, expectedVersion: baseVersion });
  const changes = policyChanges(base, draft);
  const isConflicting = version !== baseVersion || isConflict(save.error);
  const restart = (next: PolicyDraft) => {
    save.reset();
    setState({ draft: next, from: base, baseVersion: version });
  };
  const conflict = {
    message: save.error?.message ?? `Version ${version} was saved meanwhile.`,
    ...changesOfBoth(from, base, draft),
    onRebase: () => restart(draft),
  };
  const { error } = save;
  return {
    draft,
    setDraft: (changed: PolicyDraft) => setState({ draft: changed, from, baseVersion }),
    trial,
    changes,
    conflict: isConflicting ? conflict : null,
    problem: problemOf(error),
    obstacle: obstacleOf(draft, isConflicting, policy !== null && changes.length === 0),
    errorsFor: (path: string) => fieldErrors(save.error, path),
    isSaving: save.isPending,
    save: () => save.mutate(draft),
    discard: () => restart(base),
  };
}

function problemOf(error: Error | null): string | null {
  return error === null || isConflict(error) ? null : error.message;
}

/** What was saved meanwhile, and what of it this draft changes as well. */
function changesOfBoth(from: PolicyDraft, base: PolicyDraft, draft: PolicyDraft) {
  const own = policyChanges(from, draft);
  const theirs = policyChanges(from, base);
  return { theirs, both: theirs.filter((change) => own.includes(change)) };
}

function isConflict(error: Error | null): boolean {
  return error instanceof ApiProblem && error.status === 409;
}

function obstacleOf(draft: PolicyDraft, isConflicting: boolean, isUnchanged: boolean): string | null {
  if (isUnchanged) return "Nothing has changed";
  if (draft.name.trim() === "") return "The policy needs a name";
  if (isConflicting) return "Look at what was saved meanwhile first";
  const empty = draft.levels.findIndex(({ targets }) => targets.length === 0);
  return empty === -1 ? null : `Level ${empty + 1} tells nobody yet`;
}

function useSave(policy: { id: string; slug: string; expectedVersion: number } | null) {
  const router = useRouter();
  const announce = useAnnounce();
  return useMutation({
    networkMode: "always",
    mutationFn: (draft: PolicyDraft) => savePolicy(policy, policyInputOf(draft)),
    onSuccess: ({ slug }) => {
      toast.success("Saved. Incidents that are open keep the policy they began with.");
      announce("Policy saved");
      router.push(`/escalation/${slug}`);
      router.refresh();
    },
    onError: (error) => {
      // Brings what was saved meanwhile; the draft stays.
      if (isConflict(error)) router.refresh();
    },
  });
}
