"use client";

import { Menu as Base } from "@base-ui/react/menu";
import NextLink from "next/link";
import type { ReactElement, ReactNode } from "react";
import { cn } from "#components/ui/class-name";
import { Kbd } from "#components/ui/kbd";

interface MenuProps {
  /** A button with a name; it gets the menu's ARIA attributes. */
  trigger: ReactElement<Record<string, unknown>>;
  align?: "start" | "center" | "end";
  children: ReactNode;
}

export function Menu({ trigger, align = "end", children }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      {/* A landmark, as everything on the page stands in one. */}
      <Base.Portal render={<section aria-label="Menu" />}>
        <Base.Positioner align={align} sideOffset={4} collisionPadding={8} className="z-50 outline-none">
          <Base.Popup className="max-h-(--available-height) min-w-44 origin-(--transform-origin) overflow-y-auto rounded-card bg-overlay p-1 shadow-layer transition-[opacity,transform] duration-120 ease-enter outline-none data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

const itemClass =
  "flex min-h-8 cursor-default items-center gap-2 rounded-[5px] px-2 py-1 text-body text-text outline-none select-none data-disabled:text-text-3 data-highlighted:bg-raised touch:min-h-11 [&_svg]:size-4 [&_svg]:text-text-3";

interface ItemProps {
  icon?: ReactNode;
  /** The shortcut, taught beside the item. */
  keys?: string;
  /** Why it cannot be chosen now; disables the item. */
  disabledReason?: string;
  danger?: boolean;
  children: ReactNode;
}

function ItemContent({ icon, keys, disabledReason, children }: ItemProps) {
  return (
    <>
      {icon}
      <span className="flex flex-1 flex-col">
        {children}
        {disabledReason === undefined ? null : <span className="text-meta">{disabledReason}</span>}
      </span>
      {keys === undefined ? null : <Kbd keys={keys} className="ml-4" />}
    </>
  );
}

export function MenuItem(props: ItemProps & { onSelect: () => void }) {
  return (
    <Base.Item
      disabled={props.disabledReason !== undefined}
      onClick={props.onSelect}
      className={cn(itemClass, props.danger && "text-status-red-fg [&_svg]:text-current")}
    >
      <ItemContent {...props} />
    </Base.Item>
  );
}

export function MenuLink({ href, ...props }: ItemProps & { href: string }) {
  return (
    <Base.LinkItem closeOnClick render={<NextLink href={href} />} className={itemClass}>
      <ItemContent {...props} />
    </Base.LinkItem>
  );
}

interface MenuChoicesProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: ReactNode }[];
  onValueChange: (value: T) => void;
}

export function MenuChoices<T extends string>({ label, value, options, onValueChange }: MenuChoicesProps<T>) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2 pt-1.5 pb-1 text-meta text-text-3">{label}</Base.GroupLabel>
      <Base.RadioGroup value={value} onValueChange={onValueChange}>
        {options.map((option) => (
          <Base.RadioItem key={option.value} value={option.value} closeOnClick className={itemClass}>
            <span className="flex-1">{option.label}</span>
            <Base.RadioItemIndicator className="size-1.5 rounded-full bg-current" />
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  );
}

export function MenuSeparator() {
  return <Base.Separator className="mx-1 my-1 h-px bg-border" />;
}
