"use client";

import { createContext, useContext, useEffect, useState, type ReactNode } from "react";

const TrailContext = createContext<{
  trail: string | undefined;
  setTrail: (trail: string | undefined) => void;
}>({
  trail: undefined,
  setTrail: () => undefined,
});

export function PageTrailProvider({ children }: { children: ReactNode }) {
  const [trail, setTrail] = useState<string>();
  return <TrailContext value={{ trail, setTrail }}>{children}</TrailContext>;
}

/** The name of the open object, shown after its section in the header bar. */
export function usePageTrail(): string | undefined {
  return useContext(TrailContext).trail;
}

export function SetPageTrail({ name }: { name: string }) {
  const { setTrail } = useContext(TrailContext);
  useEffect(() => {
    setTrail(name);
    return () => setTrail(undefined);
  }, [name, setTrail]);
  return null;
}
