"use client";

import { Ellipsis } from "lucide-react";
import NextLink from "next/link";
import { usePathname } from "next/navigation";
import { useState, type ReactNode } from "react";
import {
  isCurrentItem,
  mainItems,
  settingsItems,
  visibleItems,
  type NavigationItem,
} from "#components/layout/navigation";
import { Dialog } from "#components/ui/dialog";
import type { Role } from "#lib/people/roles";

const inBar = ["/", "/incidents", "/on-call"];
const tabClass =
  "relative flex h-14 flex-1 flex-col items-center justify-center gap-0.5 text-meta text-text-2 aria-[current]:font-medium aria-[current]:text-text focus-visible:outline-offset-[-2px]";

interface BottomBarProps {
  role: Role;
  unackedCount: number;
  account: ReactNode;
}

/** The phone's navigation, in the thumb's reach. */
export function BottomBar({ role, unackedCount, account }: BottomBarProps) {
  const pathname = usePathname();
  const [open, setOpen] = useState(false);
  const items = visibleItems(mainItems, role);
  return (
    <nav
      aria-label="Primary"
      data-screen
      className="fixed inset-x-0 bottom-0 z-30 flex border-t bg-canvas pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {items
        .filter((item) => inBar.includes(item.href))
        .map((item) => (
          <BarLink
            key={item.href}
            item={item}
            current={isCurrentItem(item, pathname)}
            count={item.href === "/incidents" ? unackedCount : 0}
          />
        ))}
      <Dialog
        title="More"
        open={open}
        onOpenChange={setOpen}
        trigger={
          <button type="button" className={tabClass}>
            <Ellipsis aria-hidden className="size-5" />
            More
          </button>
        }
      >
        <MoreList
          items={[
            ...items.filter((item) => !inBar.includes(item.href)),
            ...visibleItems(settingsItems, role),
          ]}
          pathname={pathname}
          onNavigate={() => setOpen(false)}
        />
        <div className="mt-2 border-t pt-2">{account}</div>
      </Dialog>
    </nav>
  );
}

function BarLink({ item, current, count }: { item: NavigationItem; current: boolean; count: number }) {
  const Icon = item.icon;
  return (
    <NextLink href={item.href} aria-current={current ? "page" : undefined} className={tabClass}>
      <Icon aria-hidden className="size-5" />
      {item.label}
      {count > 0 ? (
        <span
          data-mark
          data-solid
          className="tabular absolute top-1 left-1/2 ml-1.5 flex h-4.5 min-w-4.5 items-center justify-center rounded-full bg-status-red-solid px-1 text-[11px] font-semibold text-status-red-on"
        >
          {count}
          <span className="sr-only"> unacknowledged</span>
        </span>
      ) : null}
    </NextLink>
  );
}

interface MoreListProps {
  items: readonly NavigationItem[];
  pathname: string;
  onNavigate: () => void;
}

function MoreList({ items, pathname, onNavigate }: MoreListProps) {
  return (
    <ul className="-mx-2">
      {items.map((item) => {
        const Icon = item.icon;
        return (
          <li key={item.href}>
            <NextLink
              href={item.href}
              onClick={onNavigate}
              aria-current={isCurrentItem(item, pathname) ? "page" : undefined}
              className="flex h-12 items-center gap-3 rounded-control px-2 text-reading hover:bg-raised aria-[current]:font-medium"
            >
              <Icon aria-hidden className="size-5 text-text-3" />
              {item.label}
            </NextLink>
          </li>
        );
      })}
    </ul>
  );
}
