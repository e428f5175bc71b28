"use client";

import { useState } from "react";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Textarea } from "#components/ui/textarea";

interface ResolveDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  openAlerts: number;
  pending: boolean;
  onResolve: (resolution: string | null) => void;
}

/** Resolving with an optional note; Ctrl or ⌘ Enter confirms. */
export function ResolveDialog({ open, onOpenChange, openAlerts, pending, onResolve }: ResolveDialogProps) {
  const [note, setNote] = useState("");
  const resolve = () => onResolve(note.trim() === "" ? null : note.trim());
  return (
    <Dialog
      title="Resolve the incident"
      open={open}
      onOpenChange={onOpenChange}
      size="small"
      footer={
        <Button variant="primary" pending={pending} pendingLabel="Resolving…" onClick={resolve}>
          Resolve
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        {openAlerts > 0 ? (
          <Callout
            tone="warning"
            title={openAlerts === 1 ? "One alert is still firing." : `${openAlerts} alerts are still firing.`}
          >
            They are resolved with it; their next event opens a new incident.
          </Callout>
        ) : null}
        <Field label="What fixed it?" optional>
          {(control) => (
            <Textarea
              {...control}
              rows={3}
              value={note}
              onChange={(event) => setNote(event.target.value)}
              onKeyDown={(event) => {
                if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) resolve();
              }}
            />
          )}
        </Field>
      </div>
    </Dialog>
  );
}
