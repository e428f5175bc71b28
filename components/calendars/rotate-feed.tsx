"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { toast } from "#components/ui/toaster";
import { removeFeed, rotateFeed, type Feed } from "#lib/calendars/client";

/** Ends the address: for another one, or for good. */
export function RotateFeed({ feed, onChange }: { feed: Feed; onChange: (feed: Feed | null) => void }) {
  return (
    <>
      <Ending
        action="New address…"
        title="Change the address?"
        confirmLabel="Change address"
        done="The address is changed. Subscribe again with the new one."
        onConfirm={() => rotateFeed(feed.id)}
        onDone={onChange}
      >
        Calendars that use the old address get nothing from this moment on, on every device. Subscribe again
        with the new one.
      </Ending>
      <Ending
        action="Remove…"
        title="Remove the address?"
        confirmLabel="Remove address"
        done="The address is removed."
        onConfirm={() => removeFeed(feed.id)}
        onDone={() => onChange(null)}
      >
        Calendars that use it get nothing from this moment on.
      </Ending>
    </>
  );
}

interface EndingProps<Result> {
  action: string;
  title: string;
  confirmLabel: string;
  done: string;
  onConfirm: () => Promise<Result>;
  onDone: (result: Result) => void;
  children: string;
}

function Ending<Result>({
  action,
  title,
  confirmLabel,
  done,
  onConfirm,
  onDone,
  children,
}: EndingProps<Result>) {
  const [open, setOpen] = useState(false);
  const end = useMutation({
    networkMode: "always",
    mutationFn: onConfirm,
    onSuccess: (result) => {
      setOpen(false);
      onDone(result);
      toast.success(done);
    },
  });
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={setOpen}
      title={title}
      confirmLabel={confirmLabel}
      danger
      pending={end.isPending}
      onConfirm={() => end.mutate()}
      trigger={<Button variant="ghost">{action}</Button>}
    >
      {children}
      {end.error ? <Callout tone="danger" className="mt-3" title={`Not done: ${end.error.message}`} /> : null}
    </ConfirmDialog>
  );
}
