import type { ComponentProps, ReactNode } from "react";
import { cn } from "#components/ui/class-name";
import { Spinner } from "#components/ui/spinner";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";
export type ButtonSize = "small" | "medium" | "large";

const variants: Record<ButtonVariant, string> = {
  primary: "bg-ink text-on-ink hover:bg-ink-hover",
  secondary: "border border-border-strong/50 bg-surface text-text hover:bg-raised",
  ghost: "text-text-2 hover:bg-raised hover:text-text",
  danger: "bg-status-red-solid text-status-red-on hover:brightness-110",
};

const sizes: Record<ButtonSize, string> = {
  small: "h-7 px-2 text-table touch:h-control touch:px-3",
  medium: "h-control px-3 text-body",
  large: "min-h-13 max-w-full shrink px-5 py-2 text-reading whitespace-normal",
};

/** The look of a button, for links and menu triggers that must match one. */
export function buttonClass(
  options: { variant?: ButtonVariant; size?: ButtonSize; className?: string } = {},
) {
  const { variant = "secondary", size = "medium", className } = options;
  return cn(
    "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-control font-medium whitespace-nowrap select-none",
    "transition-colors duration-120 disabled:opacity-50 aria-disabled:opacity-60 [&_svg]:size-4 [&_svg]:shrink-0",
    variants[variant],
    sizes[size],
    className,
  );
}

export interface ButtonProps extends ComponentProps<"button"> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** While true the button stays focusable, ignores presses and shows that work is under way. */
  pending?: boolean;
  /** Replaces the label while pending, for example "Acknowledging…". */
  pendingLabel?: ReactNode;
  icon?: ReactNode;
}

export function Button(props: ButtonProps) {
  const { variant, size, pending = false, pendingLabel, icon, className, children, type, ...rest } = props;
  return (
    <button
      {...rest}
      // A pending submit button must not submit twice, yet keep its focus.
      type={pending ? "button" : (type ?? "button")}
      aria-disabled={pending || rest["aria-disabled"]}
      aria-busy={pending || undefined}
      onClick={pending ? undefined : rest.onClick}
      className={buttonClass({ variant, size, className })}
    >
      {pending ? <Spinner /> : icon}
      {pending && pendingLabel !== undefined ? pendingLabel : children}
    </button>
  );
}
