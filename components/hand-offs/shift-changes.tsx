import { Time } from "#components/time/time";
import { Card } from "#components/ui/card";
import type { HandOffContent } from "#lib/on-call/client";

/** What was changed about who is told of what, while the shift lasted. */
export function ShiftChanges({ changes }: { changes: HandOffContent["changes"] }) {
  return (
    <Card title="Changed in this shift">
      {changes.length === 0 ? (
        <p className="text-body text-text-2">No schedule, policy or service of it was changed.</p>
      ) : (
        <ul className="flex flex-col gap-1.5">
          {changes.map(({ id, at, by, action, objectType, objectName }) => (
            <li key={id} className="flex flex-wrap justify-between gap-x-4 text-body">
              <span className="min-w-0 break-words">
                {`${WHAT[objectType] ?? objectType.replaceAll("_", " ")} ${objectName}: ${DONE[action] ?? action}, by ${by}`}
              </span>
              <span className="text-meta text-text-3">
                <Time at={at} format="date-time" />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

const WHAT: Record<string, string> = {
  schedule: "Schedule",
  override: "Override",
  cover_request: "Cover in",
  escalation_policy: "Escalation policy",
  service: "Service",
};

const DONE: Record<string, string> = {
  create: "added",
  delete: "removed",
  publish: "published",
  update: "changed",
  request: "asked for",
  take: "taken",
};
