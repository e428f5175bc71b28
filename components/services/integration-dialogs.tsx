"use client";

import { useState } from "react";
import { ChangeForm } from "#components/settings/change-form";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { fieldErrors } from "#lib/browser/api";
import {
  createIntegration,
  deleteIntegration,
  renameIntegration,
  rotateIntegrationKey,
} from "#lib/services/client";
import type { Integration } from "#lib/services/client";
import { INTEGRATION_KINDS, kindOfIntegration } from "#lib/services/integration-words";

interface IntegrationDialogProps {
  integration: Integration;
  onClose: () => void;
}

const whenClosed = (onClose: () => void) => (open: boolean) => {
  if (!open) onClose();
};

export function RenameIntegration({ integration, onClose }: IntegrationDialogProps) {
  const [name, setName] = useState(integration.name);
  const rename = useChange({
    change: () => renameIntegration(integration.id, name),
    done: "Integration renamed",
    onDone: onClose,
  });
  return (
    <Dialog title="Rename the integration" size="small" open onOpenChange={whenClosed(onClose)}>
      <ChangeForm change={rename} label="Save" pendingLabel="Saving…" refused="Not renamed">
        <Field label="Name" errors={fieldErrors(rename.error, "name")}>
          {(control) => (
            <Input
              {...control}
              required
              maxLength={255}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
      </ChangeForm>
    </Dialog>
  );
}

export function RotateKey({ integration, onClose }: IntegrationDialogProps) {
  const rotate = useChange({
    change: () => rotateIntegrationKey(integration.id),
    done: "Key rotated: give the new one to the sender",
    failed: "Key not rotated",
    onDone: onClose,
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={whenClosed(onClose)}
      title={`Rotate the key of ${integration.name}?`}
      confirmLabel="Rotate the key"
      danger
      pending={rotate.isPending}
      onConfirm={() => rotate.mutate()}
    >
      The present key is accepted for 24 hours more, so that senders can be given the new one. A key that
      leaked is put out of use by rotating twice.
    </ConfirmDialog>
  );
}

export function DeleteIntegration({ integration, onClose }: IntegrationDialogProps) {
  const remove = useChange({
    change: () => deleteIntegration(integration.id),
    done: `${integration.name} deleted`,
    failed: "Integration not deleted",
    onDone: onClose,
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={whenClosed(onClose)}
      title={`Delete ${integration.name}?`}
      confirmLabel="Delete the integration"
      danger
      pending={remove.isPending}
      onConfirm={() => remove.mutate()}
    >
      Its key stops working at once and for good: nothing that is sent with it pages anybody. Alerts that came
      through it stay.
    </ConfirmDialog>
  );
}

interface AddIntegrationProps {
  serviceId: string;
  isFirst: boolean;
}

export function AddIntegration({ serviceId, isFirst }: AddIntegrationProps) {
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [kind, setKind] = useState(() =>
    kindOfIntegration({ type: "events_api_v2_inbound_integration", vendorId: null }),
  );
  const add = useChange({
    change: () => {
      const { type, vendorId } = kind;
      return createIntegration({ serviceId, name: name.trim() || kind.name, type, vendorId });
    },
    done: "Integration added",
    onDone: () => {
      setOpen(false);
      setName("");
    },
  });
  return (
    <Dialog
      title="Add an integration"
      size="small"
      open={open}
      onOpenChange={setOpen}
      trigger={<Button variant={isFirst ? "primary" : "secondary"}>Add integration</Button>}
    >
      <ChangeForm change={add} label="Add integration" pendingLabel="Adding…" refused="Not added">
        <Field
          label="For"
          hint="The key takes every format; this only says what it is meant for."
          errors={fieldErrors(add.error, "type")}
        >
          {(control) => (
            <Select
              {...control}
              value={kind.name}
              onChange={(event) =>
                setKind(INTEGRATION_KINDS.find((known) => known.name === event.target.value) ?? kind)
              }
            >
              {INTEGRATION_KINDS.map((known) => (
                <option key={known.name} value={known.name}>
                  {known.name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Name" optional errors={fieldErrors(add.error, "name")}>
          {(control) => (
            <Input
              {...control}
              maxLength={255}
              value={name}
              placeholder={kind.name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
      </ChangeForm>
    </Dialog>
  );
}
