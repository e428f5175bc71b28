"use client";

import { ChevronRight, Plus, Search } from "lucide-react";
import NextLink from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { keyCaps } from "#components/layout/key-sequence";
import { LiveIndicator } from "#components/layout/live-indicator";
import { currentItem } from "#components/layout/navigation";
import { usePageTrail } from "#components/layout/page-trail";
import { useIsApple } from "#components/layout/platform";
import { IconButton } from "#components/ui/icon-button";
import { Kbd } from "#components/ui/kbd";
import { ButtonLink } from "#components/ui/link";

interface HeaderBarProps {
  canDeclare: boolean;
  /** The team scope switch. */
  scope?: ReactNode;
  onOpenPalette: () => void;
}

export function HeaderBar({ canDeclare, scope, onOpenPalette }: HeaderBarProps) {
  const apple = useIsApple();
  return (
    <header
      data-screen
      className="sticky top-0 z-20 flex h-header items-center gap-2 border-b bg-canvas px-4 pt-[env(safe-area-inset-top)] md:px-6"
    >
      <Crumbs />
      {scope}
      <div className="flex-1" />
      <button
        type="button"
        onClick={onOpenPalette}
        className="flex h-8 w-56 items-center gap-2 rounded-control border bg-surface px-2.5 text-table text-text-3 hover:border-border-strong max-lg:hidden touch:h-control"
      >
        <Search aria-hidden className="size-4" />
        <span className="flex-1 text-left">Search or run…</span>
        <Kbd keys={keyCaps("mod+k", apple)} />
      </button>
      <div className="lg:hidden">
        <IconButton name="Search and commands" icon={<Search aria-hidden />} onClick={onOpenPalette} />
      </div>
      <LiveIndicator />
      {canDeclare ? (
        <ButtonLink
          href="/incidents/new"
          variant="primary"
          icon={<Plus aria-hidden />}
          aria-label="Declare incident"
          className="max-sm:size-10 max-sm:px-0"
        >
          <span className="max-sm:hidden">Declare</span>
        </ButtonLink>
      ) : null}
    </header>
  );
}

function Crumbs() {
  const pathname = usePathname();
  const trail = usePageTrail();
  const item = currentItem(pathname);
  if (item === undefined) return null;
  return (
    <nav aria-label="Breadcrumb" className="min-w-0">
      <ol className="flex items-center gap-1 text-body">
        <li className={trail === undefined ? undefined : "max-sm:hidden"}>
          <NextLink
            href={item.href}
            className="inline-flex min-h-6 items-center rounded-mark text-text-2 hover:text-text"
          >
            {item.label}
          </NextLink>
        </li>
        {trail === undefined ? null : (
          <li aria-current="page" className="flex min-w-0 items-center gap-1">
            <ChevronRight aria-hidden className="size-3.5 shrink-0 text-text-3 max-sm:hidden" />
            <span className="truncate font-medium">{trail}</span>
          </li>
        )}
      </ol>
    </nav>
  );
}
