"use client";

import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useAnnounce } from "#components/layout/announcer";
import { useSettled } from "#components/schedules/use-settled";
import { toast } from "#components/ui/toaster";
import { ApiProblem } from "#lib/browser/api";
import { mappingTrialOptions, publishJsonMapping } from "#lib/events/client";
import type { MappingOfIntegration } from "#lib/events/client";
import { changedFieldsOf } from "#lib/events/json-mapping";
import type { JsonMapping, MappedField } from "#lib/events/json-mapping";

/** A message to try the draft on. */
export type TrialMessage = { payload: string; contentType: string | null };

/** The draft of a mapping, what it would make of a message, and the way to put it in force. */
export function useMappingEditor(integrationId: string, inForce: MappingOfIntegration) {
  const { mapping: base, version } = inForce;
  const [{ draft, from, baseVersion }, setState] = useState({
    draft: base,
    from: base,
    baseVersion: version,
  });
  const [message, setMessage] = useState<TrialMessage>(() => firstMessage(inForce));
  const settled = useSettled({ mapping: draft, ...message }, 250);
  const trial = useQuery({
    ...mappingTrialOptions(integrationId, settled),
    enabled: settled.payload.trim() !== "",
    placeholderData: keepPreviousData,
    retry: false,
  });
  const publishing = usePublishing();
  const isConflicting = version !== baseVersion || isConflict(publishing.error);
  const restart = (next: JsonMapping) => {
    publishing.reset();
    setState({ draft: next, from: base, baseVersion: version });
  };
  return {
    draft,
    set: (field: MappedField, expression: string) =>
      setState({ draft: { ...draft, [field]: expression }, from, baseVersion }),
    load: (other: JsonMapping) => setState({ draft: other, from, baseVersion }),
    message,
    setMessage,
    trial,
    changed: changedFieldsOf(base, draft),
    conflict: isConflicting
      ? {
          message: publishing.error?.message ?? `Version ${version} was published meanwhile.`,
          theirs: changedFieldsOf(from, base),
          both: changedFieldsOf(from, base).filter((field) => changedFieldsOf(from, draft).includes(field)),
          onRebase: () => restart(draft),
        }
      : null,
    problem: publishing.error === null || isConflict(publishing.error) ? null : publishing.error.message,
    isPublishing: publishing.isPending,
    publish: () =>
      publishing.mutate(
        { integrationId, mapping: draft, expectedVersion: baseVersion },
        { onSuccess: ({ version: published }) => setState({ draft, from: draft, baseVersion: published }) },
      ),
    discard: () => restart(base),
  };
}

const EXAMPLE = {
  id: "disk-db-7",
  title: "Disk of db-7 is 93 % full",
  status: "firing",
  severity: "warning",
  host: "db-7",
};

function firstMessage({ messages }: MappingOfIntegration): TrialMessage {
  const [newest] = messages;
  return newest ?? { payload: JSON.stringify(EXAMPLE, null, 2), contentType: null };
}

function usePublishing() {
  const router = useRouter();
  const announce = useAnnounce();
  return useMutation({
    networkMode: "always",
    mutationFn: publishJsonMapping,
    onSuccess: ({ version }) => {
      toast.success(`Version ${version} reads every message from now on.`);
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
