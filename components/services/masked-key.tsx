"use client";

import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { CopyButton } from "#components/ui/copy-button";
import { IconButton } from "#components/ui/icon-button";

/** A key that is shown on request only: screens are shared, and whoever has it can page people. */
export function MaskedKey({ value, name }: { value: string; name: string }) {
  const [shown, setShown] = useState(false);
  return (
    <span className="flex min-w-0 items-center gap-1">
      <code className="min-w-0 rounded-mark bg-sunken px-1.5 py-0.5 font-mono text-table break-all">
        {shown ? value : `${"•".repeat(12)}${value.slice(-4)}`}
      </code>
      <IconButton
        name={shown ? `Hide ${name}` : `Show ${name}`}
        size="small"
        icon={shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
      />
      <CopyButton value={value} name={name} />
    </span>
  );
}
