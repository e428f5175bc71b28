"use client";

import type { ComponentProps, ReactNode } from "react";
import { cn } from "#components/ui/class-name";

interface CheckboxProps extends Omit<ComponentProps<"input">, "type"> {
  indeterminate?: boolean;
}

export function Checkbox({ indeterminate = false, className, ...rest }: CheckboxProps) {
  return (
    <input
      {...rest}
      type="checkbox"
      ref={(node) => {
        if (node !== null) node.indeterminate = indeterminate;
      }}
      className={cn(
        "block size-4 shrink-0 cursor-pointer appearance-none rounded-mark border border-border-strong bg-surface bg-center bg-no-repeat",
        "checked:border-ink checked:bg-ink indeterminate:border-ink indeterminate:bg-ink",
        "relative after:absolute after:inset-0 after:m-auto after:hidden",
        "checked:after:block checked:after:h-2.25 checked:after:w-1.25 checked:after:-translate-y-px checked:after:rotate-45 checked:after:border-r-2 checked:after:border-b-2 checked:after:border-on-ink",
        "indeterminate:after:block indeterminate:after:h-0.5 indeterminate:after:w-2 indeterminate:after:translate-y-0 indeterminate:after:rotate-0 indeterminate:after:border-0 indeterminate:after:bg-on-ink",
        "disabled:opacity-50 touch:size-5 forced-colors:appearance-auto",
        className,
      )}
    />
  );
}

/** A checkbox with its label and hint in one press target. */
export function CheckboxField(props: CheckboxProps & { label: ReactNode; hint?: ReactNode }) {
  const { label, hint, className, ...rest } = props;
  return (
    <label className={cn("flex cursor-pointer items-start gap-2.5 py-1.5", className)}>
      <Checkbox {...rest} className="mt-0.5" />
      <span className="flex flex-col">
        <span className="text-body">{label}</span>
        {hint === undefined ? null : <span className="text-meta text-text-3">{hint}</span>}
      </span>
    </label>
  );
}
