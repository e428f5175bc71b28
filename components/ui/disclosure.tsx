import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "#components/ui/class-name";

interface DisclosureProps {
  summary: ReactNode;
  open?: boolean;
  className?: string;
  children: ReactNode;
}

/** Works without script and prints what is open. */
export function Disclosure({ summary, open, className, children }: DisclosureProps) {
  return (
    <details open={open} className={cn("group/disclosure", className)}>
      <summary className="flex min-h-8 items-center gap-1.5 rounded-mark text-body text-text-2 hover:text-text touch:min-h-11">
        <ChevronRight
          aria-hidden
          className="size-4 shrink-0 transition-transform duration-120 group-open/disclosure:rotate-90"
        />
        {summary}
      </summary>
      <div className="pt-1 pl-5.5">{children}</div>
    </details>
  );
}
