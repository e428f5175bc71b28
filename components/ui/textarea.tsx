import type { ComponentProps } from "react";
import { cn } from "#components/ui/class-name";
import { controlClass } from "#components/ui/input";

/** Grows with its text where the browser can. */
export function Textarea({ className, rows = 3, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea
      {...rest}
      rows={rows}
      className={cn(controlClass, "field-sizing-content max-h-96 min-h-18 py-2", className)}
    />
  );
}
