import { Time } from "#components/time/time";
import { Callout } from "#components/ui/callout";
import { probability } from "#lib/problems/recurrence";
import { verificationSentence } from "#lib/problems/verification";
import type { FixVerification as Verification } from "#lib/problems/verification";

const TONES = { holds: "success", does_not_hold: "danger", no_verdict: "info" } as const;

/** What came after the fix, against what was to be expected. A verdict stands here only if the test supports it. */
export function FixVerification({
  fixedAt,
  verification,
}: {
  fixedAt: string;
  verification: Verification | null;
}) {
  if (verification === null) {
    return (
      <Callout title="Nothing to verify against yet." className="mb-4">
        The fix is from <Time at={fixedAt} format="date-time" />.
      </Callout>
    );
  }
  return (
    <Callout tone={TONES[verification.verdict]} title={verificationSentence(verification)} className="mb-4">
      Fixed <Time at={fixedAt} format="date-time" />. If nothing had changed, so few would come with a
      probability p {probability(verification.p)} (exact test of the two rates, game time matched; a verdict
      below 0.05).
      {verification.mayClose ? " It has been quiet for long enough to close the problem." : ""}
    </Callout>
  );
}
