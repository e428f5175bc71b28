"use client";

import { useEffect, useState } from "react";

/** The value once it has stayed the same for so many milliseconds: what is typed is not asked about letter by letter. */
export function useSettled<T>(value: T, milliseconds = 350): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}
