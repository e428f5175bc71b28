"use client";

import { Countdown } from "#components/time/duration";
import { useNow } from "#components/time/clock";
import { Badge } from "#components/ui/badge";
import type { Hue } from "#components/ui/badge";
import type { IncidentLevelDto } from "#lib/service-levels/schemas";
import { stateOf } from "#lib/service-levels/state";
import type { ServiceLevelState } from "#lib/service-levels/vocabulary";
import { METRIC_WORDS, STATE_WORDS } from "#lib/service-levels/words";

const HUES: Record<ServiceLevelState, Hue> = {
  on_track: "slate",
  at_risk: "amber",
  paused: "slate",
  met: "green",
  breached: "red",
  not_needed: "slate",
};

/** How a promise stands, by the reader's clock; while it runs with the time that is left. */
export function LevelBadge({ level }: { level: IncidentLevelDto }) {
  const state = liveState(level, useNow("second"));
  const runs = state === "on_track" || state === "at_risk";
  return (
    <Badge hue={HUES[state]} form={state === "breached" ? "solid" : "tint"}>
      {STATE_WORDS[state]}
      {runs && level.dueAt ? (
        <>
          {": "}
          <Countdown until={level.dueAt} after="now" announceAs={METRIC_WORDS[level.metric].name} />
        </>
      ) : null}
    </Badge>
  );
}

/** In a list: only what is at risk or broken while the incident is open. */
export function PressingLevel({ levels }: { levels: readonly IncidentLevelDto[] }) {
  const now = useNow("minute");
  const level = levels.find(({ endedAt }) => endedAt === null);
  if (!level) return null;
  const state = liveState(level, now);
  if (state !== "at_risk" && state !== "breached") return null;
  return (
    <Badge hue={HUES[state]} form="tint">
      {METRIC_WORDS[level.metric].name}: {STATE_WORDS[state].toLowerCase()}
    </Badge>
  );
}

function liveState(level: IncidentLevelDto, now: number): ServiceLevelState {
  const at = (iso: string | null) => (iso === null ? null : Date.parse(iso));
  // Whether it was reached is known only to the server, and can't change any more.
  if (level.endedAt !== null) return level.state;
  return stateOf(
    { endedAt: null, reached: false, dueAt: at(level.dueAt), atRiskAt: at(level.atRiskAt) },
    now,
  );
}
