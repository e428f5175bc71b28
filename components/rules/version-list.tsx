import { Time } from "#components/time/time";
import { Callout } from "#components/ui/callout";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link";
import type { RuleSetInForce } from "#lib/rules/client";
import { pathChanges } from "#lib/rules/draft";
import type { RulePath } from "#lib/rules/rule";

interface VersionListProps {
  href: string;
  set: RuleSetInForce;
  /** The version that is looked at; null: the one in force. */
  chosen: { version: number; path: RulePath } | null;
}

/** Every version with who published it and why; an older one can be looked at and put back. */
export function VersionList({ href, set, chosen }: VersionListProps) {
  if (set.versions.length === 0) return null;
  return (
    <Card title="Versions" flush className="mt-4">
      <ol aria-label="Versions, newest first">
        {set.versions.map(({ version, reason, publishedBy, at }) => (
          <li
            key={version}
            className="flex flex-wrap items-baseline gap-x-3 border-b px-4 py-2 text-table last:border-b-0"
          >
            <TextLink
              href={version === set.version ? href : `${href}?version=${version}`}
              aria-current={version === (chosen?.version ?? set.version) ? "true" : undefined}
            >
              Version {version}
            </TextLink>
            <span className="min-w-40 flex-1 [overflow-wrap:anywhere]">{reason}</span>
            <span className="text-text-3">
              {version === set.version ? "in force · " : ""}
              {publishedBy} · <Time at={at} format="date-time" />
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}

/** Says that an older version is looked at, how it differs, and how it is put back. */
export function OlderVersion({ href, set, chosen }: VersionListProps) {
  if (chosen === null || chosen.version === set.version) return null;
  const changes = pathChanges(set.path, chosen.path);
  return (
    <Callout
      tone="warning"
      className="mb-4"
      title={`This is version ${chosen.version}; version ${set.version} is in force.`}
      actions={<TextLink href={href}>Back to version {set.version}</TextLink>}
    >
      {changes.length === 0
        ? "Both do the same."
        : `Published again, against version ${set.version}: ${changes.join("; ")}.`}
    </Callout>
  );
}
