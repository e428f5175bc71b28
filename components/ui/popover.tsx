"use client";

import { Popover as Base } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";
import { cn } from "#components/ui/class-name";

export const popoverClass =
  "max-w-[calc(100vw-16px)] origin-(--transform-origin) rounded-card bg-overlay shadow-layer transition-[opacity,transform] duration-160 ease-enter data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0";

interface PopoverProps {
  trigger: ReactElement<Record<string, unknown>>;
  title?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  align?: "start" | "center" | "end";
  className?: string;
  children: ReactNode;
}

/** A small form or a card of facts beside its trigger. */
export function Popover({
  trigger,
  title,
  open,
  onOpenChange,
  align = "start",
  className,
  children,
}: PopoverProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange?.(next)}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} sideOffset={6} collisionPadding={8} className="z-50">
          <Base.Popup className={cn(popoverClass, "w-80 p-4", className)}>
            {title === undefined ? null : (
              <Base.Title className="mb-2 text-body font-semibold">{title}</Base.Title>
            )}
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
