"use client";

import NextLink from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef, type ReactNode } from "react";
import { cn } from "#components/ui/class-name";

export interface LinkTab {
  href: string;
  label: ReactNode;
  count?: number;
  /** Other paths that belong to this tab count as it when they begin with its own. */
  exact?: boolean;
}

interface LinkTabsProps {
  /** Names the set, for example "Incident sections". */
  label: string;
  tabs: readonly LinkTab[];
  className?: string;
}

function isCurrent(pathname: string, tab: LinkTab): boolean {
  const path = tab.href.split("?")[0] ?? tab.href;
  return pathname === path || (tab.exact !== true && pathname.startsWith(`${path}/`));
}

/** Tabs as path segments: each is a link with its own address. */
export function LinkTabs({ label, tabs, className }: LinkTabsProps) {
  const pathname = usePathname();
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    // Where not all fit beside each other, the current one is in sight.
    const current = nav.current?.querySelector<HTMLElement>("[aria-current]");
    if (current) nav.current?.scrollTo({ left: current.offsetLeft - nav.current.offsetLeft - 32 });
  }, [pathname]);
  return (
    <nav ref={nav} aria-label={label} className={cn("flex gap-4 overflow-x-auto border-b", className)}>
      {tabs.map((tab) => (
        <NextLink
          key={tab.href}
          href={tab.href}
          aria-current={isCurrent(pathname, tab) ? "page" : undefined}
          className="-mb-px flex h-9 items-center gap-1.5 border-b-2 border-transparent text-body whitespace-nowrap text-text-2 hover:text-text focus-visible:outline-offset-[-2px] aria-[current]:border-ink aria-[current]:font-medium aria-[current]:text-text touch:h-11"
        >
          {tab.label}
          <Count value={tab.count} />
        </NextLink>
      ))}
    </nav>
  );
}

interface SegmentedLinksProps {
  label: string;
  options: readonly { href: string; label: ReactNode; count?: number; current: boolean }[];
  className?: string;
}

/** A few exclusive views of the same page, each a link that replaces the address. */
export function SegmentedLinks({ label, options, className }: SegmentedLinksProps) {
  return (
    <nav
      aria-label={label}
      className={cn(
        "inline-flex max-w-full gap-0.5 self-start overflow-x-auto rounded-control bg-raised p-0.5",
        className,
      )}
    >
      {options.map((option) => (
        <NextLink
          key={option.href}
          href={option.href}
          replace
          scroll={false}
          aria-current={option.current ? "true" : undefined}
          className="flex h-7 items-center gap-1.5 rounded-[5px] px-2.5 text-table whitespace-nowrap text-text-2 hover:text-text aria-[current]:bg-surface aria-[current]:font-medium aria-[current]:text-text aria-[current]:shadow-[0_0_0_1px_var(--border)] touch:h-10"
        >
          {option.label}
          <Count value={option.count} />
        </NextLink>
      ))}
    </nav>
  );
}

function Count({ value }: { value: number | undefined }) {
  if (value === undefined) return null;
  return <span className="tabular text-meta font-regular text-text-3">{value}</span>;
}
