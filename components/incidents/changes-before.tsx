import { GitCommitHorizontal } from "lucide-react";
import { Duration } from "#components/time/duration";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link";
import type { ChangeBefore } from "#lib/events/client";

/** What was changed within a day before the incident, the last change first. That it came before does not say that it is why. */
export function ChangesBefore({ changes }: { changes: readonly ChangeBefore[] }) {
  if (changes.length === 0) return null;
  return (
    <Card title="Right before this" subtitle="Changes in the 24 hours before; coming first is no proof.">
      <ul aria-label="Changes before this incident" className="flex flex-col gap-3 text-body">
        {changes.map((change) => (
          <li key={change.id} className="flex gap-2">
            <GitCommitHorizontal aria-hidden className="mt-0.5 size-4 shrink-0 text-text-3" />
            <div className="min-w-0">
              <p className="[overflow-wrap:anywhere]">
                <ChangeSummary change={change} />
              </p>
              <p className="text-meta text-text-3">
                <Duration milliseconds={change.leadMilliseconds} /> before
                {change.isOwnService ? "" : ` · ${change.service.name}, which it uses`}
                {change.source === null ? "" : ` · ${change.source}`}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function ChangeSummary({ change }: { change: ChangeBefore }) {
  const [link] = change.links;
  if (link === undefined) return <bdi>{change.summary}</bdi>;
  return (
    <TextLink href={link.href} target="_blank" rel="noreferrer">
      <bdi>{change.summary}</bdi>
    </TextLink>
  );
}
