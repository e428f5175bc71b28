"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { toast } from "#components/ui/toaster";
import { removeOverride } from "#lib/on-call/client";

const DONE = {
  removed: "Override removed: the layers decide again.",
  shortened: "Override ended now: the layers decide again.",
  kept: "That override is over; it stays in the history.",
};

interface RemoveOverrideProps {
  scheduleId: string;
  overrideId: string;
  onDone: () => void;
}

export function RemoveOverride({ scheduleId, overrideId, onDone }: RemoveOverrideProps) {
  const router = useRouter();
  const remove = useMutation({
    networkMode: "always",
    mutationFn: () => removeOverride(scheduleId, overrideId),
    onSuccess: ({ kind }) => {
      toast.success(DONE[kind]);
      onDone();
      router.refresh();
    },
  });
  return (
    <Callout
      tone={remove.error ? "danger" : "info"}
      title={remove.error ? `Not removed: ${remove.error.message}` : "This is an override."}
      actions={
        <Button
          size="small"
          pending={remove.isPending}
          pendingLabel="Removing…"
          onClick={() => remove.mutate()}
        >
          Remove override
        </Button>
      }
    >
      Without it whoever the layers name is on call.
    </Callout>
  );
}
