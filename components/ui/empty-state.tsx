import { CircleCheck } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "#components/ui/class-name";

interface EmptyStateProps {
  /** "first-use" explains and offers a start, "filtered" offers a way back, "all-clear" is calm and dated. */
  kind: "first-use" | "filtered" | "all-clear";
  title: ReactNode;
  /** The page's other sentence: what this is for, which chip to remove, when it was last otherwise. */
  children?: ReactNode;
  actions?: ReactNode;
  className?: string;
}

export function EmptyState({ kind, title, children, actions, className }: EmptyStateProps) {
  return (
    <div
      className={cn(
        "flex flex-col items-center gap-1.5 px-6 text-center",
        kind === "first-use" ? "rounded-card border border-dashed border-border-strong/60 py-12" : "py-10",
        className,
      )}
    >
      {kind === "all-clear" ? <CircleCheck aria-hidden className="mb-1 size-5 text-status-green-fg" /> : null}
      <p className="text-body font-medium">{title}</p>
      {children === undefined ? null : (
        <div className="max-w-prose text-body text-text-2 [&_pre]:text-left">{children}</div>
      )}
      {actions === undefined ? null : (
        <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>
      )}
    </div>
  );
}
