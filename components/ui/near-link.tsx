"use client";

import NextLink from "next/link";
import { useState } from "react";
import type { ComponentProps } from "react";

/** A link among many: what it opens is fetched ahead when it is pointed at or focused, not for every one in view. */
export function NearLink({ prefetch, onPointerEnter, onFocus, ...rest }: ComponentProps<typeof NextLink>) {
  const [near, setNear] = useState(false);
  return (
    <NextLink
      {...rest}
      prefetch={prefetch ?? (near ? null : false)}
      onPointerEnter={(event) => {
        setNear(true);
        onPointerEnter?.(event);
      }}
      onFocus={(event) => {
        setNear(true);
        onFocus?.(event);
      }}
    />
  );
}
