"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { useRef, useState, type ReactElement, type ReactNode, type RefObject } from "react";
import { Button } from "#components/ui/button";
import { cn } from "#components/ui/class-name";

const FIELDS = ":is(input, select, textarea):not(:disabled, [type=hidden], [aria-hidden=true])";

const placements = {
  center:
    "sm:inset-x-0 sm:top-[12vh] sm:bottom-auto sm:mx-auto sm:max-h-[76vh] sm:rounded-card sm:data-starting-style:translate-y-2 sm:data-ending-style:translate-y-0",
  side: "sm:inset-y-0 sm:right-0 sm:left-auto sm:max-h-none sm:h-full sm:rounded-none sm:data-starting-style:translate-x-4 sm:data-starting-style:translate-y-0 sm:data-ending-style:translate-y-0",
};
const widths = { small: "sm:w-100", medium: "sm:w-140", large: "sm:w-180" };

export interface DialogProps {
  title: ReactNode;
  description?: ReactNode;
  /** The element that opens it; leave out for a dialog opened from elsewhere. */
  trigger?: ReactElement<Record<string, unknown>>;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** "side" is the peek panel; on a phone both become a sheet from the bottom. */
  placement?: "center" | "side";
  size?: keyof typeof widths;
  /** While true, Escape and a press outside ask before what was typed is thrown away. */
  dirty?: boolean;
  /** Actions, the primary one last. */
  footer?: ReactNode;
  children: ReactNode;
}

export function Dialog(props: DialogProps) {
  const { trigger, open, onOpenChange, dirty = false, placement = "center", size = "medium" } = props;
  const [inner, setInner] = useState(false);
  const [asking, setAsking] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  const setOpen = (next: boolean) => {
    setAsking(false);
    setInner(next);
    onOpenChange?.(next);
  };
  return (
    <Base.Root
      open={open ?? inner}
      onOpenChange={(next) => (!next && dirty ? setAsking(true) : setOpen(next))}
    >
      {trigger === undefined ? null : <Base.Trigger render={trigger} />}
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 min-h-dvh bg-[rgb(10_12_16/0.45)] transition-opacity duration-160 data-ending-style:opacity-0 data-starting-style:opacity-0 supports-[-webkit-touch-callout:none]:absolute" />
        <Base.Popup
          // A finger must not bring up the keyboard over what it opened; everybody else begins at the first field, not at Close.
          initialFocus={(opened) =>
            opened === "touch" || placement === "side" ? true : (body.current?.querySelector(FIELDS) ?? true)
          }
          className={cn(
            "fixed inset-x-0 bottom-0 z-40 flex max-h-[88dvh] flex-col rounded-t-[12px] bg-overlay shadow-layer",
            "transition-[opacity,transform] duration-200 ease-enter data-ending-style:opacity-0 data-starting-style:translate-y-6 data-starting-style:opacity-0",
            placements[placement],
            widths[size],
          )}
        >
          <DialogBody {...props} body={body} />
          {asking ? <DiscardBar onKeep={() => setAsking(false)} onDiscard={() => setOpen(false)} /> : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

function DialogBody({
  title,
  description,
  footer,
  children,
  body,
}: DialogProps & { body: RefObject<HTMLDivElement | null> }) {
  return (
    <>
      <header className="flex items-start gap-3 px-5 pt-4 pb-2">
        <div className="min-w-0 flex-1">
          <Base.Title className="text-reading font-semibold">{title}</Base.Title>
          {description === undefined ? null : (
            <Base.Description className="mt-0.5 text-body text-text-2">{description}</Base.Description>
          )}
        </div>
        <Base.Close
          // Without a tooltip: Escape would close that first.
          render={
            <Button
              variant="ghost"
              size="small"
              aria-label="Close"
              icon={<X aria-hidden />}
              className="w-7 px-0 touch:w-control touch:px-0"
            />
          }
        />
      </header>
      <div ref={body} className="min-h-0 flex-1 overflow-y-auto px-5 py-2 pb-4">
        {children}
      </div>
      {footer === undefined ? null : (
        <footer className="flex flex-wrap justify-end gap-2 max-sm:*:grow border-t px-5 py-3 pb-[calc(12px+env(safe-area-inset-bottom))]">
          {footer}
        </footer>
      )}
    </>
  );
}

function DiscardBar({ onKeep, onDiscard }: { onKeep: () => void; onDiscard: () => void }) {
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center justify-end gap-2 border-t bg-status-amber-tint px-5 py-3 text-body"
    >
      <span className="flex-1">Discard what you typed?</span>
      <Button onClick={onKeep}>Keep editing</Button>
      <Button variant="danger" onClick={onDiscard}>
        Discard
      </Button>
    </div>
  );
}
