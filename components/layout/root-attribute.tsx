"use client";

import { useSyncExternalStore } from "react";
import { rememberPreference, type preferenceCookies } from "#components/layout/preferences";

function subscribe(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributes: true });
  return () => observer.disconnect();
}

const attributes = { theme: "data-theme", sidebar: "data-sidebar", singleKeys: "data-single-keys" } as const;

/** A preference that CSS and every component read from the root element; the cookie carries it to the next page. */
export function useRootPreference(name: keyof typeof preferenceCookies) {
  const attribute = attributes[name];
  const value = useSyncExternalStore(
    subscribe,
    () => document.documentElement.getAttribute(attribute) ?? undefined,
    () => undefined,
  );
  const set = (next: string | undefined) => {
    if (next === undefined) document.documentElement.removeAttribute(attribute);
    else document.documentElement.setAttribute(attribute, next);
    rememberPreference(name, next);
  };
  return [value, set] as const;
}
