import { ArrowDown, ArrowUp } from "lucide-react";
import NextLink from "next/link";
import type { ReactNode } from "react";
import { HeaderCell } from "#components/ui/table";

interface SortHeaderProps {
  /** The same list in the other order. */
  href: string;
  direction?: "ascending" | "descending";
  numeric?: boolean;
  children: ReactNode;
}

export function SortHeader({ href, direction, numeric, children }: SortHeaderProps) {
  const Arrow = direction === "ascending" ? ArrowUp : ArrowDown;
  return (
    <HeaderCell numeric={numeric} aria-sort={direction ?? "none"}>
      <NextLink
        href={href}
        replace
        scroll={false}
        className="inline-flex min-h-6 items-center gap-1 rounded-mark hover:text-text"
      >
        {children}
        {direction === undefined ? null : <Arrow aria-hidden className="size-3" />}
      </NextLink>
    </HeaderCell>
  );
}
