"use client";

import type { ReactNode } from "react";
import { Button, type ButtonProps } from "#components/ui/button";
import { cn } from "#components/ui/class-name";
import { Tooltip } from "#components/ui/tooltip";

interface IconButtonProps extends Omit<ButtonProps, "children" | "icon" | "aria-label" | "pendingLabel"> {
  /** The accessible name and the tooltip. */
  name: string;
  keys?: string;
  icon: ReactNode;
}

export function IconButton({ name, keys, icon, size = "medium", className, ...rest }: IconButtonProps) {
  return (
    <Tooltip label={name} keys={keys}>
      <Button
        variant="ghost"
        size={size}
        {...rest}
        aria-label={name}
        icon={icon}
        className={cn("px-0 touch:px-0", size === "small" ? "w-7 touch:w-control" : "w-control", className)}
      />
    </Tooltip>
  );
}
