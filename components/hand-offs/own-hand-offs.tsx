import { Time } from "#components/time/time";
import { Badge } from "#components/ui/badge";
import { Callout } from "#components/ui/callout";
import { ButtonLink } from "#components/ui/link";
import type { OwnHandOffEntry } from "#lib/on-call/client";

/** Hand-offs of the viewer's that are near: what to read or to write for them. Nothing where there is none. */
export function OwnHandOffs({ handOffs }: { handOffs: readonly OwnHandOffEntry[] }) {
  if (handOffs.length === 0) return null;
  return (
    <ul aria-label="Hand-offs" className="mb-4 flex flex-col gap-2">
      {handOffs.map(({ address, schedule, at, side, isAccepted }) => (
        <li key={address}>
          <Callout
            title={
              <>
                {side === "incoming" ? "You take over" : "You hand over"} {schedule.name}{" "}
                <Time at={at} format="relative" />
                {isAccepted ? (
                  <>
                    {" "}
                    <Badge hue="green">accepted</Badge>
                  </>
                ) : null}
              </>
            }
            actions={
              <ButtonLink
                href={`/on-call/handoff/${address}`}
                variant={side === "incoming" ? "primary" : "secondary"}
              >
                {side === "incoming" ? "Read and accept" : "Write hand-off"}
              </ButtonLink>
            }
          >
            {side === "incoming"
              ? "What is open, what was changed and what to watch out for."
              : "Say what those who come should watch out for."}
          </Callout>
        </li>
      ))}
    </ul>
  );
}
