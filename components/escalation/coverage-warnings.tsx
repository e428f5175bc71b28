import { Time } from "#components/time/time";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link";
import type { CoverageWarning } from "#lib/escalation/client";

/** Coming times at which nobody would be paged, the nearest first; nothing where there are none. */
export function CoverageWarnings({ warnings }: { warnings: readonly CoverageWarning[] }) {
  if (warnings.length === 0) return null;
  return (
    <Card title="Nobody to page" subtitle="Within the next 30 days">
      <ul className="flex flex-col gap-2">
        {warnings.map(({ id, policy, isUnreachable, start, end }) => (
          <li key={id} className="text-table">
            <TextLink tone="quiet" href={`/escalation/${policy.slug}`} className="font-medium">
              {policy.name}
            </TextLink>
            <span className="block text-status-amber-fg">
              <Time at={start} format="date-time" card={false} /> to{" "}
              <Time at={end} format="date-time" card={false} />
            </span>
            <span className="block text-text-2">
              {isUnreachable ? "Whoever is on call can’t be reached." : "No level has anybody on call."}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
