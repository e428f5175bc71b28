"use client";

import { useState, type ReactNode } from "react";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { Dialog } from "#components/ui/dialog";

interface NamedListProps {
  title: string;
  subtitle: string;
  /** What one is called: "variable", "webhook". */
  noun: string;
  /** What is said while there is none. */
  empty: string;
  isEmpty: boolean;
  canEdit: boolean;
  /** The form of a new one. */
  form: (close: () => void) => ReactNode;
  /** Rows. */
  children: ReactNode;
}

/** What rules use by its name: a list, and the way to add one. */
export function NamedList({
  title,
  subtitle,
  noun,
  empty,
  isEmpty,
  canEdit,
  form,
  children,
}: NamedListProps) {
  const [adding, setAdding] = useState(false);
  return (
    <Card
      title={title}
      subtitle={subtitle}
      flush
      actions={
        canEdit ? (
          <Dialog
            title={`Add a ${noun}`}
            open={adding}
            onOpenChange={setAdding}
            trigger={<Button size="small">Add {noun}</Button>}
          >
            {form(() => setAdding(false))}
          </Dialog>
        ) : undefined
      }
    >
      {isEmpty ? (
        <p className="p-4 text-table text-text-2">{empty}</p>
      ) : (
        <ul aria-label={title}>{children}</ul>
      )}
    </Card>
  );
}

interface NamedRowProps {
  /** What its buttons and dialogs call it. */
  name: string;
  canEdit: boolean;
  /** Buttons before those to edit and delete it. */
  actions?: ReactNode;
  form: (close: () => void) => ReactNode;
  remove: () => Promise<unknown>;
  /** What is deleted, as a button says it, and what comes of that. */
  deletion: { what: string; consequences: string };
  children: ReactNode;
}

/** One of them, with the ways to edit and to delete it. */
export function NamedRow({ name, canEdit, actions, form, remove, deletion, children }: NamedRowProps) {
  const [open, setOpen] = useState<"edit" | "delete" | null>(null);
  const close = () => setOpen(null);
  const removal = useChange({
    change: remove,
    done: `${name} deleted`,
    failed: `${name} not deleted`,
    onDone: close,
  });
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-1 border-b px-4 py-3 last:border-b-0">
      <div className="min-w-48 flex-1">{children}</div>
      <span className="flex gap-1">
        {actions}
        {canEdit ? (
          <>
            <Button size="small" variant="ghost" aria-label={`Edit ${name}`} onClick={() => setOpen("edit")}>
              Edit
            </Button>
            <Button
              size="small"
              variant="ghost"
              aria-label={`Delete ${name}`}
              onClick={() => setOpen("delete")}
            >
              Delete
            </Button>
          </>
        ) : null}
      </span>
      {open === "edit" ? (
        <Dialog title={`Edit ${name}`} open onOpenChange={close}>
          {form(close)}
        </Dialog>
      ) : null}
      <ConfirmDialog
        open={open === "delete"}
        onOpenChange={close}
        title={`Delete ${name}?`}
        confirmLabel={`Delete the ${deletion.what}`}
        danger
        pending={removal.isPending}
        onConfirm={() => removal.mutate()}
      >
        {deletion.consequences}
      </ConfirmDialog>
    </li>
  );
}
