import type { ComponentProps } from "react";
import { cn } from "#components/ui/class-name";

export const controlClass =
  "w-full rounded-control border border-border-strong bg-surface px-2.5 text-body text-text transition-colors duration-120 hover:border-text-3 disabled:bg-sunken disabled:text-text-3 aria-invalid:border-status-red-fg";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input {...rest} className={cn(controlClass, "h-control", className)} />;
}
