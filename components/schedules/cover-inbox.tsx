import { AskedCover } from "#components/schedules/asked-cover";
import { OwnCover } from "#components/schedules/own-cover";
import { Card } from "#components/ui/card";
import type { Covers } from "#lib/on-call/client";

/** What the viewer is asked to cover, and what became of what they asked; nothing where there is neither. */
export function CoverInbox({ covers, viewerId }: { covers: Covers; viewerId: string }) {
  const { asked, own } = covers;
  if (asked.length + own.length === 0) return null;
  return (
    <div className="mb-4 grid items-start gap-4 lg:grid-cols-2">
      {asked.length === 0 ? null : (
        <Card title="Asked of you" subtitle={asked.length === 1 ? "1 request" : `${asked.length} requests`}>
          <ul className="flex flex-col divide-y">
            {asked.map((request) => (
              <AskedCover key={request.id} request={request} viewerId={viewerId} />
            ))}
          </ul>
        </Card>
      )}
      {own.length === 0 ? null : (
        <Card title="Your cover requests">
          <ul className="flex flex-col divide-y">
            {own.map((request) => (
              <OwnCover key={request.id} request={request} />
            ))}
          </ul>
        </Card>
      )}
    </div>
  );
}
