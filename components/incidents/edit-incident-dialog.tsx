"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { LabelFields, labelChangesOf, labelDraftOf } from "#components/incidents/label-fields";
import type { LabelDraft } from "#components/incidents/label-fields";
import { TimeFields, timeChangesOf, timeDraftOf, TIMES } from "#components/incidents/time-fields";
import type { TimeDraft } from "#components/incidents/time-fields";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { toast } from "#components/ui/toaster";
import { callApi, fieldErrors } from "#lib/browser/api";
import type { FilterChoicesDto } from "#lib/incidents/schemas";
import type { IncidentDetailDto } from "#lib/incidents/schemas";

interface EditIncidentDialogProps {
  incident: IncidentDetailDto;
  choices: FilterChoicesDto;
  onClose: () => void;
}

type Draft = {
  title: string;
  priorityId: string;
  urgency: string;
  serviceId: string;
  reason: string;
} & LabelDraft &
  TimeDraft;

/** Corrects what a machine can't know. Only what was changed is sent; times want a reason. */
export function EditIncidentDialog({ incident, choices, onClose }: EditIncidentDialogProps) {
  const initial = draftOf(incident);
  const [draft, setDraft] = useState(initial);
  const set = (key: keyof Draft) => (event: { target: { value: string } }) =>
    setDraft({ ...draft, [key]: event.target.value });
  const queryClient = useQueryClient();
  const router = useRouter();
  const save = useMutation({
    networkMode: "always",
    mutationFn: () => callApi("PATCH", `/api/ui/incidents/${incident.id}`, changesOf(initial, draft)),
    onSuccess: () => {
      toast.success(`Changed #${incident.number}.`);
      onClose();
    },
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: ["incidents"] });
      router.refresh();
    },
  });
  const times = TIMES.some(({ key }) => draft[key] !== initial[key]);
  return (
    <Dialog
      title={`Edit #${incident.number}`}
      open
      dirty={JSON.stringify(draft) !== JSON.stringify(initial)}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      footer={
        <Button
          variant="primary"
          pending={save.isPending}
          pendingLabel="Saving…"
          onClick={() => save.mutate()}
        >
          Save
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        {save.error ? <Callout tone="danger" title={`Not saved: ${save.error.message}`} /> : null}
        <WhatFields draft={draft} incident={incident} choices={choices} error={save.error} set={set} />
        <LabelFields draft={draft} error={save.error} set={set} />
        <TimeFields draft={draft} error={save.error} set={set} wantsReason={times} />
      </div>
    </Dialog>
  );
}

type Setter = (key: keyof Draft) => (event: { target: { value: string } }) => void;

interface WhatFieldsProps {
  draft: Draft;
  incident: IncidentDetailDto;
  choices: FilterChoicesDto;
  error: unknown;
  set: Setter;
}

function WhatFields({ draft, incident, choices, error, set }: WhatFieldsProps) {
  return (
    <>
      <Field label="Title" errors={fieldErrors(error, "title")}>
        {(control) => <Input {...control} value={draft.title} onChange={set("title")} />}
      </Field>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Priority">
          {(control) => (
            <Select {...control} value={draft.priorityId} onChange={set("priorityId")}>
              <option value="">None</option>
              {choices.priorities.map(({ id, name, description }) => (
                <option key={id} value={id}>
                  {name}: {description}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Urgency" hint="Raising it pages the current level by the high rules.">
          {(control) => (
            <Select
              {...control}
              value={draft.urgency}
              disabled={incident.status === "resolved"}
              onChange={set("urgency")}
            >
              <option value="high">High</option>
              <option value="low">Low</option>
            </Select>
          )}
        </Field>
      </div>
      <Field label="Service" errors={fieldErrors(error, "service")}>
        {(control) => (
          <Select {...control} value={draft.serviceId} onChange={set("serviceId")}>
            {choices.services.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </>
  );
}

function draftOf(incident: IncidentDetailDto): Draft {
  return {
    title: incident.title,
    priorityId: incident.priority?.id ?? "",
    urgency: incident.urgency,
    serviceId: incident.service.id,
    ...labelDraftOf(incident),
    ...timeDraftOf(incident),
    reason: "",
  };
}

function changesOf(before: Draft, after: Draft): Record<string, unknown> {
  const changed = (key: keyof Draft) => before[key] !== after[key];
  return {
    ...(changed("title") ? { title: after.title } : {}),
    ...(changed("priorityId") ? { priorityId: after.priorityId === "" ? null : after.priorityId } : {}),
    ...(changed("urgency") ? { urgency: after.urgency } : {}),
    ...(changed("serviceId") ? { serviceId: after.serviceId } : {}),
    ...labelChangesOf(before, after),
    ...timeChangesOf(before, after),
    ...(after.reason.trim() === "" ? {} : { reason: after.reason }),
  };
}
