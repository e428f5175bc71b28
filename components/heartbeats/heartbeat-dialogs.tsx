"use client";

import { useState } from "react";
import { ChangeForm } from "#components/settings/change-form";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { SEVERITIES } from "#lib/alerts/vocabulary";
import { fieldErrors } from "#lib/browser/api";
import { createHeartbeat, updateHeartbeat } from "#lib/heartbeats/client";
import type { Heartbeat } from "#lib/heartbeats/client";

type Plan = Pick<Heartbeat, "name" | "everySeconds" | "graceSeconds" | "severity">;

const USUAL: Plan = { name: "", everySeconds: 86_400, graceSeconds: 3_600, severity: "critical" };

export function EditHeartbeat({ heartbeat, onClose }: { heartbeat: Heartbeat; onClose: () => void }) {
  return (
    <Dialog
      title={`Edit ${heartbeat.name}`}
      size="small"
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <HeartbeatForm
        initial={heartbeat}
        label="Save"
        done="Heartbeat saved"
        save={(plan) => updateHeartbeat({ heartbeatId: heartbeat.id, ...plan })}
        onDone={onClose}
      />
    </Dialog>
  );
}

export function AddHeartbeat({ serviceId }: { serviceId: string }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      title="Add a heartbeat"
      description="Something that reports in by calling an address. When it does not, an incident opens; when it does again, it closes."
      size="small"
      open={open}
      onOpenChange={setOpen}
      trigger={<Button variant="secondary">Add heartbeat</Button>}
    >
      <HeartbeatForm
        initial={USUAL}
        label="Add heartbeat"
        done="Heartbeat added"
        save={(plan) => createHeartbeat({ serviceId, ...plan })}
        onDone={() => setOpen(false)}
      />
    </Dialog>
  );
}

interface HeartbeatFormProps {
  initial: Plan;
  label: string;
  done: string;
  save: (plan: Plan) => Promise<unknown>;
  onDone: () => void;
}

function HeartbeatForm({ initial, label, done, save, onDone }: HeartbeatFormProps) {
  const [plan, setPlan] = useState<Plan>(() => {
    const { name, everySeconds, graceSeconds, severity } = initial;
    return { name, everySeconds, graceSeconds, severity };
  });
  const change = useChange({ change: () => save(plan), done, onDone });
  return (
    <ChangeForm change={change} label={label} pendingLabel="Saving…" refused="Not saved">
      <Field label="Name" errors={fieldErrors(change.error, "name")}>
        {(control) => (
          <Input
            {...control}
            required
            maxLength={255}
            placeholder="Nightly backup"
            value={plan.name}
            onChange={(event) => setPlan({ ...plan, name: event.target.value })}
          />
        )}
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <MinutesField
          label="Every (min)"
          errors={fieldErrors(change.error, "everySeconds")}
          min={0.5}
          seconds={plan.everySeconds}
          onChange={(everySeconds) => setPlan({ ...plan, everySeconds })}
        />
        <MinutesField
          label="Grace (min)"
          errors={fieldErrors(change.error, "graceSeconds")}
          min={0}
          seconds={plan.graceSeconds}
          onChange={(graceSeconds) => setPlan({ ...plan, graceSeconds })}
        />
      </div>
      <Field label="Severity when late" errors={fieldErrors(change.error, "severity")}>
        {(control) => (
          <Select
            {...control}
            value={plan.severity}
            onChange={(event) => {
              const severity = SEVERITIES.find((known) => known === event.target.value);
              if (severity) setPlan({ ...plan, severity });
            }}
          >
            {SEVERITIES.map((severity) => (
              <option key={severity}>{severity}</option>
            ))}
          </Select>
        )}
      </Field>
    </ChangeForm>
  );
}

interface MinutesFieldProps {
  label: string;
  errors: readonly string[];
  min: number;
  seconds: number;
  onChange: (seconds: number) => void;
}

function MinutesField({ label, errors, min, seconds, onChange }: MinutesFieldProps) {
  const [text, setText] = useState(String(seconds / 60));
  return (
    <Field label={label} errors={errors}>
      {(control) => (
        <Input
          {...control}
          type="number"
          inputMode="decimal"
          min={min}
          step="any"
          required
          className="tabular"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            const minutes = Number(event.target.value);
            if (event.target.value !== "" && minutes >= min) onChange(Math.round(minutes * 60));
          }}
        />
      )}
    </Field>
  );
}
