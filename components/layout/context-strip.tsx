import { ChevronRight } from "lucide-react";
import NextLink from "next/link";
import type { ReactNode } from "react";

interface ContextStripProps {
  /** "major" while a P1 or P2 is open, "on-call" for the viewer's own shift. */
  kind: "major" | "on-call";
  href: string;
  icon?: ReactNode;
  children: ReactNode;
}

/** One line between header and content; the whole of it is the link. */
export function ContextStrip({ kind, href, icon, children }: ContextStripProps) {
  const tone =
    kind === "major" ? "bg-status-red-tint text-status-red-fg font-medium" : "bg-raised text-text-2";
  return (
    <aside aria-label="Right now">
      <NextLink
        href={href}
        data-tint
        className={`tabular flex min-h-9 items-center gap-2 border-b px-4 py-1 text-table hover:underline md:px-6 touch:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0 ${tone}`}
      >
        {icon}
        <span className="min-w-0 flex-1 truncate">{children}</span>
        <ChevronRight aria-hidden />
      </NextLink>
    </aside>
  );
}
