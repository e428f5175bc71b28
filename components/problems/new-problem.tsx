"use client";

import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { ChangeForm } from "#components/settings/change-form";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { Checkbox } from "#components/ui/checkbox";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { fieldErrors } from "#lib/browser/api";
import { createProblem } from "#lib/problems/client";

interface NewProblemProps {
  services: readonly { id: string; name: string }[];
  /** The incident it is opened from. */
  incident?: { id: string; title: string };
}

/** Opens a problem, by itself or from an incident. */
export function NewProblem({ services, incident }: NewProblemProps) {
  const router = useRouter();
  const gatherId = useId();
  const [open, setOpen] = useState(false);
  const [title, setTitle] = useState(incident?.title ?? "");
  const [serviceId, setServiceId] = useState("");
  const [gather, setGather] = useState(true);
  const create = useChange<void, { number: number }>({
    change: () =>
      createProblem({
        title,
        ...(incident ? { incidentIds: [incident.id], gather } : { serviceId: serviceId || null }),
      }),
    done: "Problem opened",
    onDone: ({ number }) => router.push(`/problems/${number}`),
  });
  return (
    <Dialog
      title="New problem"
      size="small"
      open={open}
      onOpenChange={setOpen}
      trigger={incident ? <Button>Open a problem</Button> : <Button variant="primary">New problem</Button>}
    >
      <ChangeForm change={create} label="Open problem" pendingLabel="Opening…" refused="Not opened">
        <Field label="What keeps happening" errors={fieldErrors(create.error, "title")}>
          {(control) => (
            <Input
              {...control}
              required
              maxLength={255}
              value={title}
              onChange={(event) => setTitle(event.target.value)}
            />
          )}
        </Field>
        {incident ? (
          <span className="flex items-center gap-2 text-body">
            <Checkbox id={gatherId} checked={gather} onChange={(event) => setGather(event.target.checked)} />
            <label htmlFor={gatherId}>Gather incidents like this one, also those to come</label>
          </span>
        ) : (
          <Field label="Service" optional errors={fieldErrors(create.error, "serviceId")}>
            {(control) => (
              <Select {...control} value={serviceId} onChange={(event) => setServiceId(event.target.value)}>
                <option value="">None</option>
                {services.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
      </ChangeForm>
    </Dialog>
  );
}
