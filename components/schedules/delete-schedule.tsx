"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { toast } from "#components/ui/toaster";
import { deleteSchedule } from "#lib/on-call/client";

interface DeleteScheduleProps {
  schedule: { id: string; name: string };
  /** Names of the policies that use it: they stand in the way. */
  policies: readonly string[];
}

export function DeleteSchedule({ schedule, policies }: DeleteScheduleProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const remove = useMutation({
    networkMode: "always",
    mutationFn: () => deleteSchedule(schedule.id),
    onSuccess: () => {
      toast.success(`${schedule.name} is deleted.`);
      router.push("/schedules");
      router.refresh();
    },
  });
  const obstacle = policies.length === 0 ? null : `Used by ${policies.join(", ")}`;
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={setOpen}
      title={`Delete ${schedule.name}?`}
      confirmLabel="Delete schedule"
      danger
      pending={remove.isPending}
      onConfirm={() => remove.mutate()}
      trigger={
        <Button variant="ghost" disabled={obstacle !== null} title={obstacle ?? undefined}>
          Delete
        </Button>
      }
    >
      It no longer puts anybody on call; its past stays in reports. This can’t be undone.
      {remove.error ? (
        <Callout tone="danger" className="mt-3" title={`Not deleted: ${remove.error.message}`} />
      ) : null}
    </ConfirmDialog>
  );
}
