"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Renders the page's server parts again and again while somebody looks: for what the event stream does not tell. */
export function RefreshEvery({ seconds }: { seconds: number }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") router.refresh();
    }, seconds * 1000);
    return () => clearInterval(timer);
  }, [router, seconds]);
  return null;
}
