import type { EditorDraft, EditorLayer } from "#lib/on-call/editor-draft";
import type { LayerRestriction } from "#lib/on-call/schedule";
import { DAY, startOfDay, weekdayOf } from "#lib/time/calendar";
import { formatDate, parseWallClock } from "#lib/time/wall-clock";

export const SCHEDULE_TEMPLATES = [
  { id: "weekly", name: "Weekly rotation", hint: "One person a week, handing off on Mondays at 09:00" },
  {
    id: "weekends",
    name: "Weekdays and weekends",
    hint: "Weeks are shared by one rotation, weekends by another",
  },
  { id: "sun", name: "Follow the sun", hint: "Three regions with eight hours each, around the clock" },
] as const;

export type TemplateId = (typeof SCHEDULE_TEMPLATES)[number]["id"];

const HOUR_SECONDS = 3600;

/** A new schedule to start from, with its layers but without people. `today` is a date, the week that it is in comes first. */
export function draftFromTemplate(id: string | null, today: string, timeZone: string): EditorDraft {
  const day = startOfDay(parseWallClock(today) ?? 0);
  const monday = day - (weekdayOf(day) - 1) * DAY;
  const layers: Record<TemplateId, EditorLayer[]> = {
    weekly: [weekly("Weekly", `${formatDate(monday)}T09:00`)],
    weekends: [
      weekly("Weekdays", `${formatDate(monday)}T09:00`),
      weekly("Weekends", `${formatDate(monday - 3 * DAY)}T18:00`, [
        { type: "weekly", startDay: 5, startTime: "18:00", durationSeconds: 63 * HOUR_SECONDS },
      ]),
    ],
    sun: [
      weekly("Asia-Pacific", `${formatDate(monday)}T00:00`, [eightHours("00:00")]),
      weekly("Europe", `${formatDate(monday)}T08:00`, [eightHours("08:00")]),
      weekly("Americas", `${formatDate(monday)}T16:00`, [eightHours("16:00")]),
    ],
  };
  const template = SCHEDULE_TEMPLATES.find((known) => known.id === id)?.id ?? "weekly";
  return {
    name: "",
    description: "",
    timeZone: template === "sun" ? "Etc/UTC" : timeZone,
    teamId: null,
    layers: layers[template],
    offDuty: [],
  };
}

/** A layer that changes every week from `virtualStart` on. */
export function weekly(
  name: string,
  virtualStart: string,
  restrictions: LayerRestriction[] = [],
  key = name,
): EditorLayer {
  return {
    key,
    id: null,
    name,
    turns: [],
    rotation: { virtualStart, unit: "week", length: 1, advance: "clock" },
    restrictions,
    ownHours: [],
    calendarId: null,
    startsAt: null,
    endsAt: null,
    together: false,
  };
}

function eightHours(startTime: string): LayerRestriction {
  return { type: "daily", startTime, durationSeconds: 8 * HOUR_SECONDS };
}
