"use client";

import { PanelLeft } from "lucide-react";
import NextLink from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import {
  isCurrentItem,
  mainItems,
  settingsItems,
  visibleItems,
  type NavigationItem,
} from "#components/layout/navigation";
import { useRootPreference } from "#components/layout/root-attribute";
import { ProductMark } from "#components/layout/product-mark";
import { IconButton } from "#components/ui/icon-button";
import { Tooltip } from "#components/ui/tooltip";
import type { Role } from "#lib/people/roles";

/** Names stay readable to assistive technology when the bar shows icons alone. */
const whenWide = "max-lg:sr-only sidebar-collapsed:sr-only";

interface SidebarProps {
  organisation: string;
  role: Role;
  unackedCount: number;
  account: ReactNode;
}

export function Sidebar({ organisation, role, unackedCount, account }: SidebarProps) {
  const [collapsed, setCollapsed] = useRootPreference("sidebar");
  return (
    <nav
      aria-label="Primary"
      data-screen
      className="sticky top-0 hidden h-dvh w-14 shrink-0 flex-col border-r bg-canvas md:flex lg:w-sidebar sidebar-collapsed:w-14"
    >
      <div className="flex h-header items-center gap-2 px-3 max-lg:justify-center sidebar-collapsed:justify-center">
        <ProductMark className="size-6 shrink-0 max-lg:block" />
        <span className={`flex-1 truncate text-body font-semibold ${whenWide}`}>{organisation}</span>
        <div className="hidden lg:block sidebar-collapsed:hidden">
          <IconButton
            name="Collapse sidebar"
            keys="["
            size="small"
            icon={<PanelLeft aria-hidden />}
            onClick={() => setCollapsed("collapsed")}
          />
        </div>
      </div>
      <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-2 py-2">
        <ItemList items={visibleItems(mainItems, role)} unackedCount={unackedCount} />
        <div>
          <h2 className={`px-2 pb-1 text-meta font-medium text-text-3 ${whenWide}`}>Settings</h2>
          <ItemList items={visibleItems(settingsItems, role)} unackedCount={0} />
        </div>
      </div>
      <div className="flex flex-col gap-1 border-t p-2">
        {collapsed === "collapsed" ? (
          <div className="max-lg:hidden">
            <IconButton
              name="Expand sidebar"
              keys="["
              icon={<PanelLeft aria-hidden />}
              onClick={() => setCollapsed(undefined)}
            />
          </div>
        ) : null}
        {account}
      </div>
    </nav>
  );
}

function ItemList({ items, unackedCount }: { items: readonly NavigationItem[]; unackedCount: number }) {
  const pathname = usePathname();
  return (
    <ul className="flex flex-col gap-0.5">
      {items.map((item) => (
        <li key={item.href}>
          <NavigationLink
            item={item}
            current={isCurrentItem(item, pathname)}
            count={item.href === "/incidents" ? unackedCount : 0}
          />
        </li>
      ))}
    </ul>
  );
}

function NavigationLink({ item, current, count }: { item: NavigationItem; current: boolean; count: number }) {
  const Icon = item.icon;
  return (
    <Tooltip label={item.label} keys={item.keys} side="right">
      <NextLink
        href={item.href}
        aria-current={current ? "page" : undefined}
        className="relative flex h-8 items-center gap-2.5 rounded-control px-2.5 text-body text-text-2 hover:bg-raised hover:text-text focus-visible:outline-offset-[-2px] aria-[current]:bg-raised aria-[current]:font-medium aria-[current]:text-text touch:h-control"
      >
        <Icon aria-hidden className="size-[18px] shrink-0" />
        <span className={`flex-1 truncate ${whenWide}`}>{item.label}</span>
        {count > 0 ? <UnackedCount count={count} /> : null}
      </NextLink>
    </Tooltip>
  );
}

function UnackedCount({ count }: { count: number }) {
  return (
    <span
      data-mark
      data-solid
      className="tabular flex h-4.5 min-w-4.5 items-center justify-center rounded-full bg-status-red-solid px-1 text-[11px] font-semibold text-status-red-on max-lg:absolute max-lg:top-0 max-lg:right-0 sidebar-collapsed:absolute sidebar-collapsed:top-0 sidebar-collapsed:right-0"
    >
      {count}
      <span className="sr-only"> unacknowledged</span>
    </span>
  );
}
