"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { toast } from "#components/ui/toaster";
import { deletePolicy } from "#lib/escalation/client";

interface DeletePolicyProps {
  policy: { id: string; name: string };
  /** How many services use it: they stand in the way. */
  serviceCount: number;
}

export function DeletePolicy({ policy, serviceCount }: DeletePolicyProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const remove = useMutation({
    networkMode: "always",
    mutationFn: () => deletePolicy(policy.id),
    onSuccess: () => {
      toast.success(`${policy.name} is deleted.`);
      router.push("/escalation");
      router.refresh();
    },
  });
  const users = serviceCount === 1 ? "1 service uses it" : `${serviceCount} services use it`;
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={setOpen}
      title={`Delete ${policy.name}?`}
      confirmLabel="Delete policy"
      danger
      pending={remove.isPending}
      onConfirm={() => remove.mutate()}
      trigger={
        <Button variant="ghost" disabled={serviceCount > 0} title={serviceCount > 0 ? users : undefined}>
          Delete
        </Button>
      }
    >
      No new incident can follow it. Open incidents keep their copy. This can’t be undone.
      {remove.error ? (
        <Callout tone="danger" className="mt-3" title={`Not deleted: ${remove.error.message}`} />
      ) : null}
    </ConfirmDialog>
  );
}
