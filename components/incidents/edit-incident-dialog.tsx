"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
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
  startedAt: string;
  detectedAt: string;
  mitigatedAt: string;
  reason: string;
};

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
  const times = (["startedAt", "detectedAt", "mitigatedAt"] as const).some(
    (key) => draft[key] !== initial[key],
  );
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

interface TimeFieldsProps {
  draft: Draft;
  error: unknown;
  set: Setter;
  wantsReason: boolean;
}

function TimeFields({ draft, error, set, wantsReason }: TimeFieldsProps) {
  const field = (key: "startedAt" | "detectedAt" | "mitigatedAt", label: string) => (
    <TimeField label={label} value={draft[key]} onChange={set(key)} errors={fieldErrors(error, key)} />
  );
  return (
    <>
      <fieldset className="grid gap-3 sm:grid-cols-3">
        <legend className="mb-1 text-table font-medium">Times (UTC)</legend>
        {field("startedAt", "Started")}
        {field("detectedAt", "Detected")}
        {field("mitigatedAt", "Mitigated")}
      </fieldset>
      {wantsReason ? (
        <Field label="Why were the times wrong?" errors={fieldErrors(error, "reason")}>
          {(control) => <Input {...control} required value={draft.reason} onChange={set("reason")} />}
        </Field>
      ) : null}
    </>
  );
}

interface TimeFieldProps {
  label: string;
  value: string;
  errors: string[];
  onChange: (event: { target: { value: string } }) => void;
}

function TimeField({ label, value, errors, onChange }: TimeFieldProps) {
  return (
    <Field label={label} errors={errors}>
      {(control) => <Input {...control} type="datetime-local" step={1} value={value} onChange={onChange} />}
    </Field>
  );
}

function draftOf(incident: IncidentDetailDto): Draft {
  const local = (iso: string | null) => iso?.slice(0, 19) ?? "";
  return {
    title: incident.title,
    priorityId: incident.priority?.id ?? "",
    urgency: incident.urgency,
    serviceId: incident.service.id,
    startedAt: local(incident.startedAt),
    detectedAt: local(incident.detectedAt),
    mitigatedAt: local(incident.mitigatedAt),
    reason: "",
  };
}

function changesOf(before: Draft, after: Draft): Record<string, unknown> {
  const changed = (key: keyof Draft) => before[key] !== after[key];
  const instant = (text: string) => (text === "" ? null : `${text.length === 16 ? `${text}:00` : text}Z`);
  return {
    ...(changed("title") ? { title: after.title } : {}),
    ...(changed("priorityId") ? { priorityId: after.priorityId === "" ? null : after.priorityId } : {}),
    ...(changed("urgency") ? { urgency: after.urgency } : {}),
    ...(changed("serviceId") ? { serviceId: after.serviceId } : {}),
    ...(changed("startedAt") ? { startedAt: instant(after.startedAt) } : {}),
    ...(changed("detectedAt") ? { detectedAt: instant(after.detectedAt) } : {}),
    ...(changed("mitigatedAt") ? { mitigatedAt: instant(after.mitigatedAt) } : {}),
    ...(after.reason.trim() === "" ? {} : { reason: after.reason }),
  };
}
