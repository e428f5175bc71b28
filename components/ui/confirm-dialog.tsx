"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import { useState, type ReactElement, type ReactNode } from "react";
import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";

interface ConfirmDialogProps {
  trigger?: ReactElement<Record<string, unknown>>;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  title: ReactNode;
  /** The consequence in one sentence. */
  children: ReactNode;
  /** A verb and its object, for example "Delete schedule". */
  confirmLabel: string;
  danger?: boolean;
  pending?: boolean;
  /** Must be typed first; only where others will see the result. */
  typed?: string;
  onConfirm: () => void;
}

/** For what cannot be undone; what can be undone is done at once and offers Undo. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { trigger, open, onOpenChange, title, children, confirmLabel, danger, pending, typed, onConfirm } =
    props;
  const [text, setText] = useState("");
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => onOpenChange?.(next)}>
      {trigger === undefined ? null : <AlertDialog.Trigger render={trigger} />}
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-40 min-h-dvh bg-[rgb(10_12_16/0.45)] transition-opacity duration-160 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <AlertDialog.Popup className="fixed inset-x-0 bottom-0 z-40 rounded-t-[12px] bg-overlay p-5 pb-[calc(20px+env(safe-area-inset-bottom))] shadow-layer transition-[opacity,transform] duration-160 ease-enter data-ending-style:opacity-0 data-starting-style:translate-y-2 data-starting-style:opacity-0 sm:top-[20vh] sm:bottom-auto sm:mx-auto sm:w-110 sm:rounded-card sm:pb-5">
          <AlertDialog.Title className="text-reading font-semibold">{title}</AlertDialog.Title>
          <AlertDialog.Description render={<div />} className="mt-1 text-body text-text-2">
            {children}
          </AlertDialog.Description>
          {typed === undefined ? null : (
            <Field label={<>Type “{typed}” to confirm</>} className="mt-4">
              {(control) => (
                <Input
                  {...control}
                  value={text}
                  autoComplete="off"
                  onChange={(event) => setText(event.target.value)}
                />
              )}
            </Field>
          )}
          <div className="mt-5 flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
            <AlertDialog.Close render={<Button>Cancel</Button>} />
            <Button
              variant={danger ? "danger" : "primary"}
              pending={pending}
              disabled={typed !== undefined && text !== typed}
              onClick={onConfirm}
            >
              {confirmLabel}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
