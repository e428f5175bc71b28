"use client";

import { useState } from "react";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Card } from "#components/ui/card";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { ApiProblem } from "#lib/browser/api";
import { removeDemo } from "#lib/organisation/client";

interface RemoveDemoCardProps {
  size: { services: number; people: number; incidents: number };
}

/** Takes the demo away in one step, so that the product can be used in earnest. */
export function RemoveDemoCard({ size }: RemoveDemoCardProps) {
  const [open, setOpen] = useState(false);
  const remove = useChange({
    change: removeDemo,
    done: ({ services, incidents, kept }) =>
      [
        `Demo removed: ${services} services and ${incidents} incidents`,
        ...(kept.length === 0 ? [] : [`${kept.join(", ")} stay, deactivated: real history names them`]),
      ].join(". "),
    onDone: () => setOpen(false),
  });
  const reasons = remove.error instanceof ApiProblem ? remove.error.fields : [];
  const total = size.services + size.people + size.incidents;
  if (total === 0) return null;
  return (
    <Card title="Demo organisation">
      <div className="flex flex-col gap-3">
        {remove.error ? (
          <Callout tone="danger" title={`Not removed: ${remove.error.message}`}>
            {reasons.length === 0 ? undefined : (
              <ul className="list-disc pl-4">
                {reasons.map(({ field, message }) => (
                  <li key={`${field} ${message}`}>
                    {field}: {message}
                  </li>
                ))}
              </ul>
            )}
          </Callout>
        ) : null}
        <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
          <p className="min-w-60 flex-1 text-body text-text-2">
            {size.services} services, {size.people} people and {size.incidents} incidents were made up to show
            what Touchline does. Your own account, the API keys and everything you made stay.
          </p>
          <Button variant="danger" onClick={() => setOpen(true)}>
            Remove the demo…
          </Button>
        </div>
      </div>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title="Remove the demo organisation?"
        confirmLabel="Remove the demo"
        danger
        typed="remove"
        pending={remove.isPending}
        onConfirm={() => remove.mutate(undefined, { onError: () => setOpen(false) })}
      >
        {size.services} services, {size.people} people and {size.incidents} incidents with all that belongs to
        them go at once. It can’t be undone.
      </ConfirmDialog>
    </Card>
  );
}
