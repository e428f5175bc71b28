"use client";

import { useRouter } from "next/navigation";
import { useCallback, useTransition } from "react";

/**
 * Renders the page's server parts again, and tells whether that is going on. Who asks again before it is shown begins it anew, with
 * whatever navigation it had joined: somebody's click would wait as long as the asking goes on.
 */
export function useServerRendering(): { isRendering: boolean; render: () => void } {
  const router = useRouter();
  const [isRendering, startRendering] = useTransition();
  const render = useCallback(() => startRendering(() => router.refresh()), [router]);
  return { isRendering, render };
}
