import type { ReactNode } from "react";
import { Callout } from "#components/ui/callout";
import { TextLink } from "#components/ui/link";
import type { LeftOpen } from "#lib/people/client";

/** What counts on a person right now, each to be taken over by somebody else. */
export function LeftOpenList({ left }: { left: LeftOpen }) {
  const count = left.openIncidents.length + left.policies.length + left.schedules.length;
  if (count === 0) return <p className="mt-3">Nothing counts on them right now.</p>;
  return (
    <Callout tone="warning" title="Somebody has to take over:" className="mt-3">
      <ul className="mt-1 flex flex-col gap-0.5">
        {left.openIncidents.map(({ id, number, title }) => (
          <Entry key={id} href={`/incidents/${number}`} kind="Incident">
            #{number} {title}
          </Entry>
        ))}
        {left.schedules.map(({ id, slug, name }) => (
          <Entry key={id} href={`/schedules/${slug}`} kind="Schedule">
            {name}
          </Entry>
        ))}
        {left.policies.map(({ id, slug, name }) => (
          <Entry key={id} href={`/escalation/${slug}`} kind="Policy">
            {name}
          </Entry>
        ))}
      </ul>
    </Callout>
  );
}

function Entry({ href, kind, children }: { href: string; kind: string; children: ReactNode }) {
  return (
    <li>
      {kind}: <TextLink href={href}>{children}</TextLink>
    </li>
  );
}
