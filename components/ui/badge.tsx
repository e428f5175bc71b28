import type { ReactNode } from "react";
import { cn } from "#components/ui/class-name";

export type Hue = "red" | "orange" | "amber" | "green" | "blue" | "violet" | "slate";
export type BadgeForm = "solid" | "tint" | "outline" | "plain";

const solid: Record<Hue, string> = {
  red: "bg-status-red-solid text-status-red-on border-status-red-edge",
  orange: "bg-status-orange-solid text-status-orange-on border-status-orange-edge",
  amber: "bg-status-amber-solid text-status-amber-on border-status-amber-edge",
  green: "bg-status-green-solid text-status-green-on border-status-green-edge",
  blue: "bg-status-blue-solid text-status-blue-on border-status-blue-edge",
  violet: "bg-status-violet-tint text-status-violet-fg border-status-violet-line",
  slate: "bg-status-slate-solid text-status-slate-on border-status-slate-edge",
};
const tint: Record<Hue, string> = {
  red: "bg-status-red-tint text-status-red-fg border-transparent",
  orange: "bg-status-orange-tint text-status-orange-fg border-transparent",
  amber: "bg-status-amber-tint text-status-amber-fg border-transparent",
  green: "bg-status-green-tint text-status-green-fg border-transparent",
  blue: "bg-status-blue-tint text-status-blue-fg border-transparent",
  violet: "bg-status-violet-tint text-status-violet-fg border-transparent",
  slate: "bg-status-slate-tint text-status-slate-fg border-transparent",
};
const outline: Record<Hue, string> = {
  red: "text-status-red-fg border-status-red-line",
  orange: "text-status-orange-fg border-status-orange-line",
  amber: "text-status-amber-fg border-status-amber-line",
  green: "text-status-green-fg border-status-green-line",
  blue: "text-status-blue-fg border-status-blue-line",
  violet: "text-status-violet-fg border-status-violet-line",
  slate: "text-status-slate-fg border-status-slate-line",
};
const plain: Record<Hue, string> = {
  red: "text-status-red-fg",
  orange: "text-status-orange-fg",
  amber: "text-status-amber-fg",
  green: "text-status-green-fg",
  blue: "text-status-blue-fg",
  violet: "text-status-violet-fg",
  slate: "text-status-slate-fg",
};
const forms = { solid, tint, outline, plain };

interface BadgeProps {
  hue?: Hue;
  form?: BadgeForm;
  icon?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A state in words; colour only repeats what the words and the icon's shape say. */
export function Badge({ hue = "slate", form = "tint", icon, className, children }: BadgeProps) {
  return (
    <span
      data-mark
      data-solid={form === "solid" || undefined}
      data-tint={form === "tint" || undefined}
      className={cn(
        "inline-flex items-center gap-1 align-middle text-meta font-medium whitespace-nowrap [&_svg]:size-3.5 [&_svg]:shrink-0",
        form !== "plain" && "h-5 rounded-full border px-2",
        forms[form][hue],
        className,
      )}
    >
      {icon}
      {children}
    </span>
  );
}
