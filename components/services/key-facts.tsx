import { MaskedKey } from "#components/services/masked-key";
import { Time } from "#components/time/time";
import type { Integration } from "#lib/services/client";

/** The key of an integration, and, after a rotation, until when the one before it is taken as well. */
export function KeyFacts({ integration }: { integration: Integration }) {
  const { key, previousKeyUntil, previousKeyEnd } = integration;
  return (
    <>
      <dt className="text-table text-text-3">Key</dt>
      <dd className="min-w-0">
        {key === null ? (
          <span className="text-table text-text-2">
            Shown to responders and above: whoever has it can page this service.
          </span>
        ) : (
          <MaskedKey value={key} name="key" />
        )}
      </dd>
      {previousKeyUntil === null ? null : (
        <>
          <dt className="text-table text-text-3">Key before</dt>
          <dd className="text-table text-text-2">
            {previousKeyEnd === null ? null : <code className="font-mono">…{previousKeyEnd} </code>}
            is accepted until <Time at={previousKeyUntil} format="date-time" />: give its senders the new one.
          </dd>
        </>
      )}
    </>
  );
}
