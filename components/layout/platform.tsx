"use client";

import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** Whether shortcuts are written with ⌘; decided after hydration, since the server cannot know. */
export function useIsApple(): boolean {
  return useSyncExternalStore(
    never,
    () => /Mac|iPhone|iPad/u.test(navigator.userAgent),
    () => false,
  );
}
