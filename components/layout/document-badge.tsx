"use client";

import { useEffect } from "react";

const prefix = /^\(\d+\)(?: |$)/u;

function applyCount(count: number): void {
  const bare = document.title.replace(prefix, "");
  // Between two pages there may be no title yet.
  if (bare === "") return;
  const wanted = count > 0 ? `(${count}) ${bare}` : bare;
  if (document.title !== wanted) document.title = wanted;
}

/** The number of own unacknowledged incidents in the tab's title, its icon and the app's badge. */
export function DocumentBadge({ count }: { count: number }) {
  useEffect(() => {
    applyCount(count);
    const observer = new MutationObserver(() => applyCount(count));
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, [count]);
  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"][type="image/svg+xml"]');
    if (icon !== null) icon.href = count > 0 ? "/icon-unacked.svg" : "/icon.svg";
    if ("setAppBadge" in navigator) void navigator.setAppBadge(count).catch(() => undefined);
  }, [count]);
  return null;
}
