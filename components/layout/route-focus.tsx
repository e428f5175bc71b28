"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { useAnnounce } from "#components/layout/announcer";

/**
 * After a change of page, focus goes to its h1 and the title is announced. A page may name a better
 * first stop with `data-initial-focus`.
 */
export function RouteFocus() {
  const pathname = usePathname();
  const announce = useAnnounce();
  const previous = useRef<string>(undefined);
  useEffect(() => {
    const arrivedByLink = previous.current !== undefined && previous.current !== pathname;
    previous.current = pathname;
    const main = document.querySelector("main");
    const named = main?.querySelector<HTMLElement>("[data-initial-focus]");
    if (!arrivedByLink) {
      named?.focus({ preventScroll: true });
      return;
    }
    const heading = main?.querySelector<HTMLElement>("h1");
    (named ?? heading ?? main)?.focus({ preventScroll: true });
    announce(heading?.textContent ?? document.title);
  }, [pathname, announce]);
  return null;
}
