import { X } from "lucide-react";
import NextLink from "next/link";
import { cn } from "#components/ui/class-name";

const shape =
  "inline-flex h-6 max-w-full items-center gap-1 rounded-full border bg-surface px-2 text-meta text-text-2 touch:h-9 touch:px-3 touch:text-body";

interface FilterChipProps {
  /** The whole condition, for example "Status is open". */
  label: string;
  /** The same page without this condition. */
  removeHref: string;
}

export function FilterChip({ label, removeHref }: FilterChipProps) {
  return (
    <span className={cn(shape, "pr-0 touch:pr-0")}>
      <span className="truncate">{label}</span>
      <NextLink
        href={removeHref}
        replace
        scroll={false}
        aria-label={`Remove filter: ${label}`}
        className="inline-flex size-6 items-center justify-center rounded-full text-text-3 hover:bg-raised hover:text-text touch:size-9"
      >
        <X aria-hidden className="size-3" />
      </NextLink>
    </span>
  );
}
