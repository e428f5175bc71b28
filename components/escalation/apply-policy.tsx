"use client";

import { useMutation, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ApplicationList } from "#components/escalation/application-list";
import { useAnnounce } from "#components/layout/announcer";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Dialog } from "#components/ui/dialog";
import { ErrorState } from "#components/ui/error-state";
import { Skeleton } from "#components/ui/skeleton";
import { toast } from "#components/ui/toaster";
import { applicationOptions, applyPolicy } from "#lib/escalation/client";
import type { Application } from "#lib/escalation/client";

interface ApplyPolicyProps {
  policy: { id: string; name: string };
  /** Open incidents that follow an older version. */
  count: number;
  canApply: boolean;
}

/** Says that open incidents follow an older version, shows whom applying this one would page, and applies it. */
export function ApplyPolicy({ policy, count, canApply }: ApplyPolicyProps) {
  const router = useRouter();
  const announce = useAnnounce();
  const [open, setOpen] = useState(false);
  const preview = useQuery({ ...applicationOptions(policy.id), enabled: open });
  const apply = useMutation({
    networkMode: "always",
    mutationFn: (version: number) => applyPolicy(policy.id, version),
    onSuccess: ({ applied }) => {
      const text =
        applied === 1 ? "1 open incident follows it now." : `${applied} open incidents follow it now.`;
      toast.success(text);
      announce(text);
      setOpen(false);
      router.refresh();
    },
  });
  const version = preview.data?.version;
  return (
    <Callout
      tone="info"
      title={
        count === 1 ? "1 open incident uses an older version" : `${count} open incidents use an older version`
      }
      actions={
        canApply ? (
          <Dialog
            title={`Apply ${policy.name} to its open incidents?`}
            description="They then go on by the policy as it is now. Nothing happens before you apply it."
            size="large"
            open={open}
            onOpenChange={setOpen}
            trigger={<Button>See whom that pages…</Button>}
            footer={
              <>
                <Button variant="ghost" onClick={() => setOpen(false)}>
                  Cancel
                </Button>
                <Button
                  variant="primary"
                  disabled={version === undefined || preview.data?.incidents.length === 0}
                  pending={apply.isPending}
                  pendingLabel="Applying…"
                  onClick={() => {
                    if (version !== undefined) apply.mutate(version);
                  }}
                >
                  {applyLabel(preview.data)}
                </Button>
              </>
            }
          >
            {apply.error ? <Callout tone="danger" title={`Not applied: ${apply.error.message}`} /> : null}
            <Preview preview={preview} />
          </Dialog>
        ) : undefined
      }
    >
      They keep the policy they began with until they are resolved, or until it is applied to them.
    </Callout>
  );
}

function Preview({ preview }: { preview: UseQueryResult<Application> }) {
  const { data, error, isFetching, refetch } = preview;
  if (error) {
    return (
      <ErrorState
        title={`It could not be looked at: ${error.message}`}
        retrying={isFetching}
        onRetry={() => void refetch()}
      />
    );
  }
  return data === undefined ? <Skeleton className="h-32" /> : <ApplicationList incidents={data.incidents} />;
}

function applyLabel(preview: Application | undefined): string {
  const paged = new Set(preview?.incidents.flatMap((one) => one.paged.map(({ id }) => id)) ?? []).size;
  return paged === 0
    ? "Apply, paging nobody"
    : `Apply and page ${paged} ${paged === 1 ? "person" : "people"}`;
}
