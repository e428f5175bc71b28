import { ChevronRight } from "lucide-react";
import NextLink from "next/link";
import type { ReactNode } from "react";

type StripKind = "major" | "storm" | "on-call";

const TONES: Record<StripKind, string> = {
  major: "bg-status-red-tint text-status-red-fg font-medium",
  storm: "bg-status-amber-tint text-status-amber-fg font-medium",
  "on-call": "bg-raised text-text-2",
};

interface ContextStripProps {
  /** "major" while a P1 or P2 is open, "storm" while a storm of alerts is on, "on-call" for the viewer's own shift. */
  kind: StripKind;
  href: string;
  icon?: ReactNode;
  children: ReactNode;
}

/** One line between header and content; the whole of it is the link. */
export function ContextStrip({ kind, href, icon, children }: ContextStripProps) {
  return (
    <aside data-screen aria-label="Right now">
      <NextLink
        href={href}
        data-tint
        className={`tabular flex min-h-9 items-center gap-2 border-b px-4 py-1 text-table hover:underline md:px-6 touch:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0 ${TONES[kind]}`}
      >
        {icon}
        <span className="min-w-0 flex-1 truncate">{children}</span>
        <ChevronRight aria-hidden />
      </NextLink>
    </aside>
  );
}
