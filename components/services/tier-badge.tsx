import { cn } from "#components/ui/class-name";

const MEANINGS = ["Critical", "Important", "Normal", "Internal"];

/** What a tier stands for, where one is chosen. */
export function tierLabel(tier: number): string {
  return `Tier ${tier}: ${(MEANINGS[tier - 1] ?? "Normal").toLowerCase()}`;
}

/** The tier; the most critical one stands out by weight, not by colour. */
export function TierBadge({ tier }: { tier: number }) {
  return (
    <span
      title={tierLabel(tier)}
      className={cn(
        "inline-flex h-5 items-center rounded-mark border px-1.5 text-meta whitespace-nowrap",
        tier === 1 ? "border-border-strong font-semibold text-text" : "text-text-2",
      )}
    >
      Tier {tier}
    </span>
  );
}
