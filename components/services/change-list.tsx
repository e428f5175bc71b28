import { Time } from "#components/time/time";
import { TextLink } from "#components/ui/link";
import type { ServiceChangeEvent } from "#lib/events/client";

/** What was deployed or configured, newest first. */
export function ChangeList({ changes }: { changes: readonly ServiceChangeEvent[] }) {
  return (
    <ul aria-label="Changes, newest first">
      {changes.map((change) => (
        <li key={change.id} className="border-b px-4 py-3 last:border-b-0">
          <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
            <p className="min-w-0 text-body [overflow-wrap:anywhere]">
              <bdi>{change.summary}</bdi>
            </p>
            <span className="ml-auto text-table text-text-3">
              <Time at={change.at} />
            </span>
          </div>
          <p className="flex flex-wrap gap-x-3 text-meta text-text-3">
            <span>{[change.source, change.integration].filter(Boolean).join(" · ")}</span>
            {change.links.map((link) => (
              <TextLink key={link.href} href={link.href} target="_blank" rel="noreferrer">
                {link.text ?? "Link"}
              </TextLink>
            ))}
          </p>
        </li>
      ))}
    </ul>
  );
}
