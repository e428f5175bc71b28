"use client";

import { useEffect, useEffectEvent, type ReactNode } from "react";
import { Dialog, type DialogProps } from "#components/ui/dialog";
import type { Peek } from "#components/ui/use-peek";

interface PeekPanelProps extends Pick<DialogProps, "title" | "description" | "footer" | "size"> {
  peek: Pick<Peek<unknown>, "step" | "close">;
  /** Single keys beside j and k. */
  keys?: Readonly<Record<string, () => void>>;
  children: ReactNode;
}

/** A look into a row beside its list: j and k go on to the next while it is open, Escape goes back to the list. */
export function PeekPanel({ peek, keys = {}, children, ...dialog }: PeekPanelProps) {
  usePanelKeys({ j: () => peek.step(1), k: () => peek.step(-1), ...keys });
  return (
    <Dialog
      {...dialog}
      placement="side"
      open
      onOpenChange={(open) => {
        if (!open) peek.close();
      }}
    >
      {children}
    </Dialog>
  );
}

/** Single keys rest under dialogs; these are the panel's own. */
function usePanelKeys(keys: Readonly<Record<string, () => void>>): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey || event.repeat) return;
    if (document.documentElement.dataset["singleKeys"] === "off") return;
    const perform = keys[event.key];
    if (!perform) return;
    event.preventDefault();
    perform();
  });
  useEffect(() => {
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}
