import type { ComponentProps, ReactNode } from "react";
import { cn } from "#components/ui/class-name";

interface SwitchProps extends Omit<ComponentProps<"input">, "type" | "role"> {
  label: ReactNode;
  hint?: ReactNode;
}

/** For a setting that takes effect at once; a choice that is submitted is a checkbox. */
export function Switch({ label, hint, className, ...rest }: SwitchProps) {
  return (
    <label className={cn("flex cursor-pointer items-start justify-between gap-4 py-1.5", className)}>
      <span className="flex flex-col">
        <span className="text-body">{label}</span>
        {hint === undefined ? null : <span className="text-meta text-text-3">{hint}</span>}
      </span>
      <input
        {...rest}
        type="checkbox"
        // oxlint-disable-next-line jsx-a11y/role-has-required-aria-props -- a native checkbox reports its own state
        role="switch"
        className={cn(
          "relative h-5 w-9 shrink-0 cursor-pointer appearance-none rounded-full border border-border-strong bg-sunken transition-colors duration-120",
          "after:absolute after:top-0.5 after:left-0.5 after:size-3.5 after:rounded-full after:bg-border-strong after:transition-transform after:duration-120",
          "checked:border-ink checked:bg-ink checked:after:translate-x-4 checked:after:bg-on-ink",
          "disabled:opacity-50 forced-colors:appearance-auto",
        )}
      />
    </label>
  );
}
