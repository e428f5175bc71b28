import { Time } from "#components/time/time";
import { Callout } from "#components/ui/callout";

interface FloodNoticeProps {
  flood: { beganAt: string; coalesced: number; refused: number };
}

/** Says that a key sends more than its limit, and what becomes of it. */
export function FloodNotice({ flood: { beganAt, coalesced, refused } }: FloodNoticeProps) {
  return (
    <Callout tone="warning" title="It sends more than its limit" className="mb-3">
      Since <Time at={beganAt} format="date-time" />. {coalesced.toLocaleString("en-US")} events were stored
      together with others that say the same
      {refused === 0
        ? ", none was lost."
        : `; ${refused.toLocaleString("en-US")} were refused, to be sent again.`}
    </Callout>
  );
}
