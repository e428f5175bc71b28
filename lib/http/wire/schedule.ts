import { wireInstant } from "#lib/http/wire/instant";
import { resourceHead, wireReference } from "#lib/http/wire/reference";
import type { WireContext } from "#lib/http/wire/wire-context";
import type { RenderedLaneDto, RenderedScheduleDto } from "#lib/on-call/queries/rendered";
import type { LayerDto, ScheduleDto } from "#lib/on-call/queries/schedules";
import type { ShiftDto } from "#lib/on-call/queries/shift-dtos";
import type { LayerRestriction } from "#lib/on-call/schedule";
import { turnLengthSeconds } from "#lib/on-call/turn-length";
import { rotationStart } from "#lib/on-call/rotation-start";
import type { PersonRef } from "#lib/people/queries/person-refs";

const EMPTY_LANE: RenderedLaneDto = { shifts: [], coveragePercent: 0 };

/**
 * A schedule as the public API shows it: times in its own zone unless another was asked for, layers in reverse, the one that wins
 * first. `rendered` is null where no period was asked for; the lanes are there all the same, since clients look into them.
 */
export function wireSchedule(
  wire: WireContext,
  schedule: ScheduleDto,
  rendered: RenderedScheduleDto | null,
  options: { withLayers: boolean },
) {
  const zone = wire.timeZone ?? schedule.timeZone;
  const people = new Map(schedule.people.map((person) => [person.id, person]));
  return {
    ...resourceHead(wire, "schedule", schedule),
    name: schedule.name,
    time_zone: schedule.timeZone,
    description: schedule.description,
    escalation_policies: schedule.policies.map((policy) => wireReference(wire, "escalation_policy", policy)),
    users: schedule.people.map((person) => wireReference(wire, "user", person)),
    teams: schedule.team ? [wireReference(wire, "team", schedule.team)] : [],
    web_cal_url: null,
    http_cal_url: null,
    ...(options.withLayers && {
      schedule_layers: schedule.layers
        .toReversed()
        .map((layer) => wireLayer(wire, layer, { zone, scheduleZone: schedule.timeZone, people, rendered })),
      final_schedule: { name: "Final Schedule", ...wireLane(wire, rendered?.final ?? null, zone) },
      overrides_subschedule: {
        name: "Overrides",
        ...wireLane(wire, rendered && { ...EMPTY_LANE, shifts: rendered.overrides }, zone),
      },
    }),
  };
}

type LayerAbout = {
  zone: string;
  scheduleZone: string;
  people: ReadonlyMap<string, PersonRef>;
  rendered: RenderedScheduleDto | null;
};

function wireLayer(wire: WireContext, layer: LayerDto, about: LayerAbout) {
  const { zone, scheduleZone, people, rendered } = about;
  const lane = rendered ? (rendered.layers.find(({ id }) => id === layer.id) ?? EMPTY_LANE) : null;
  const virtualStart = rotationStart(layer.rotation, scheduleZone);
  return {
    id: layer.id,
    name: layer.name,
    start: wireInstant(layer.startsAt, zone),
    end: layer.endsAt && wireInstant(layer.endsAt, zone),
    rotation_virtual_start: wireInstant(virtualStart, zone),
    rotation_turn_length_seconds: turnLengthSeconds(layer.rotation),
    users: layer.turns.flat().flatMap((id) => {
      const person = people.get(id);
      return person ? [{ user: wireReference(wire, "user", person) }] : [];
    }),
    restrictions: layer.restrictions.map(wireRestriction),
    member_restrictions: layer.ownHours.map(wireRestriction),
    ...wireLane(wire, lane, zone),
  };
}

function wireRestriction(restriction: LayerRestriction) {
  const start = restriction.startTime;
  const common = {
    type: `${restriction.type}_restriction`,
    start_time_of_day: start.length === 5 ? `${start}:00` : start,
    duration_seconds: restriction.durationSeconds,
  };
  return restriction.type === "weekly" ? { ...common, start_day_of_week: restriction.startDay } : common;
}

function wireLane(wire: WireContext, lane: RenderedLaneDto | null, zone: string) {
  return {
    rendered_schedule_entries: lane ? lane.shifts.map((shift) => wireEntry(wire, shift, zone)) : [],
    rendered_coverage_percentage: lane?.coveragePercent ?? null,
  };
}

function wireEntry(wire: WireContext, shift: ShiftDto, zone: string) {
  return {
    start: wireInstant(shift.start, zone),
    end: shift.end && wireInstant(shift.end, zone),
    user: wireReference(wire, "user", shift.user),
    id: shift.source.kind === "override" ? shift.source.overrideId : shift.source.layerId,
  };
}

/** An override: its own times, whatever becomes of them in the final schedule. */
export function wireOverride(
  wire: WireContext,
  override: { id: string; startsAt: string; endsAt: string; user: { id: string; name: string } },
  scheduleZone: string,
) {
  const zone = wire.timeZone ?? scheduleZone;
  return {
    id: override.id,
    start: wireInstant(override.startsAt, zone),
    end: wireInstant(override.endsAt, zone),
    user: wireReference(wire, "user", override.user),
  };
}
