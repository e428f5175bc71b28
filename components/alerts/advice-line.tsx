import { TextLink } from "#components/ui/link";
import type { KindAdvice } from "#lib/alerts/kind-advice";

/** What would keep incidents of a kind away, and the way to where it is written already. */
export function AdviceLine({ advice }: { advice: KindAdvice | null }) {
  if (advice === null) return null;
  return (
    <span className="block text-meta text-text-2">
      <TextLink href={advice.href} prefetch={false}>
        {advice.action}
      </TextLink>
      : {advice.because}.
    </span>
  );
}
