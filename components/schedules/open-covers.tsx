import { CoverFacts } from "#components/schedules/cover-spans";
import { Card } from "#components/ui/card";
import { PersonChip } from "#components/ui/person-chip";
import type { CoverRequest } from "#lib/on-call/client";

/** Who asks for cover in this schedule and has nobody yet. */
export function OpenCovers({ requests }: { requests: readonly CoverRequest[] }) {
  if (requests.length === 0) return null;
  return (
    <Card title="Cover wanted" subtitle="Whoever asks stays on call until somebody takes it.">
      <ul className="flex flex-col divide-y">
        {requests.map((request) => (
          <li key={request.id} className="flex flex-col gap-1 py-2 first:pt-0 last:pb-0">
            <span className="flex flex-wrap items-center gap-x-2">
              <PersonChip person={request.requester} /> asks {request.asked?.name ?? "everybody"}
            </span>
            <CoverFacts request={request} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
