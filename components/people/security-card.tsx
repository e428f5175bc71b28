"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Card } from "#components/ui/card";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { fieldErrors } from "#lib/browser/api";
import { endSessions, setPassword } from "#lib/people/client";

/** Ends this session too, so the only page left to see is the one to sign in on. */
function toSignIn(): void {
  window.location.assign("/sign-in");
}

export function SecurityCard({ userId }: { userId: string }) {
  return (
    <Card title="Password and sessions">
      <div className="flex max-w-140 flex-col gap-6">
        <PasswordForm userId={userId} />
        <SignOutEverywhere userId={userId} />
      </div>
    </Card>
  );
}

function PasswordForm({ userId }: { userId: string }) {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const change = useMutation({
    networkMode: "always",
    mutationFn: () => setPassword(userId, { password: next, currentPassword: current }),
    onSuccess: toSignIn,
  });
  const named = ["password", "currentPassword"].some((field) => fieldErrors(change.error, field).length > 0);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate();
      }}
    >
      <Field label="Current password" errors={fieldErrors(change.error, "currentPassword")}>
        {(control) => (
          <Input
            {...control}
            type="password"
            autoComplete="current-password"
            value={current}
            onChange={(event) => setCurrent(event.target.value)}
          />
        )}
      </Field>
      <Field
        label="New password"
        hint="At least 10 characters. You sign in again with it, on every device."
        errors={fieldErrors(change.error, "password")}
      >
        {(control) => (
          <Input
            {...control}
            type="password"
            autoComplete="new-password"
            required
            minLength={10}
            maxLength={256}
            value={next}
            onChange={(event) => setNext(event.target.value)}
          />
        )}
      </Field>
      {change.error && !named ? (
        <Callout tone="danger" title={`Not changed: ${change.error.message}`} />
      ) : null}
      <Button type="submit" className="self-start" pending={change.isPending} pendingLabel="Changing…">
        Change password
      </Button>
    </form>
  );
}

function SignOutEverywhere({ userId }: { userId: string }) {
  const [open, setOpen] = useState(false);
  const end = useMutation({
    networkMode: "always",
    mutationFn: () => endSessions(userId),
    onSuccess: toSignIn,
  });
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2 border-t pt-4">
      <div className="min-w-48 flex-1">
        <p className="text-body font-medium">Sign out everywhere</p>
        <p className="text-table text-text-2">For a lost phone. Push and e-mail still reach your devices.</p>
      </div>
      <Button onClick={() => setOpen(true)}>Sign out everywhere…</Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title="Sign out everywhere?"
        confirmLabel="Sign out everywhere"
        danger
        pending={end.isPending}
        onConfirm={() => end.mutate()}
      >
        Every browser and phone that is signed in as you is signed out at once, this one too.
        {end.error ? <span className="block text-status-red-fg">Not done: {end.error.message}</span> : null}
      </ConfirmDialog>
    </div>
  );
}
