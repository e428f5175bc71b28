import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "#components/ui/class-name";

type CalloutTone = "info" | "success" | "warning" | "danger";

const tones: Record<CalloutTone, string> = {
  info: "border-status-blue-line bg-status-blue-tint [&>svg]:text-status-blue-fg",
  success: "border-status-green-line bg-status-green-tint [&>svg]:text-status-green-fg",
  warning: "border-status-amber-line bg-status-amber-tint [&>svg]:text-status-amber-fg",
  danger: "border-status-red-line bg-status-red-tint [&>svg]:text-status-red-fg",
};
const icons = { info: Info, success: CircleCheck, warning: TriangleAlert, danger: CircleAlert };

interface CalloutProps {
  tone?: CalloutTone;
  title?: ReactNode;
  actions?: ReactNode;
  className?: string;
  children?: ReactNode;
}

/** State, consequence, action: in this order. */
export function Callout({ tone = "info", title, actions, className, children }: CalloutProps) {
  const Icon = icons[tone];
  return (
    <div
      data-tint
      className={cn(
        "flex flex-wrap items-start gap-x-3 gap-y-2 rounded-card border px-3 py-2.5",
        tones[tone],
        className,
      )}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-56 flex-1 text-body">
        {title === undefined ? null : <p className="font-medium">{title}</p>}
        {children === undefined ? null : <div className="text-text-2">{children}</div>}
      </div>
      {actions === undefined ? null : <div className="flex shrink-0 gap-2">{actions}</div>}
    </div>
  );
}
