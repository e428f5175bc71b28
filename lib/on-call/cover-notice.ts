import type { CoverSpan } from "#lib/on-call/cover";
import type { TimeReader } from "#lib/time/format";
import { formatDayTime } from "#lib/time/format";

/** What happened to a request that somebody is to be told. */
export type CoverEvent =
  | "asked"
  | "offered"
  | "taken"
  | "declined"
  | "offer-accepted"
  | "offer-declined"
  | "withdrawn"
  | "untaken"
  | "undone";

export type CoverStory = {
  /** Who did it. */
  actor: string;
  schedule: { name: string; slug: string };
  spans: readonly CoverSpan[];
  inReturn: CoverSpan | null;
  message: string | null;
};

const TITLES: Record<CoverEvent, (actor: string, schedule: string, isSwap: boolean) => string> = {
  asked: (actor, schedule, isSwap) =>
    isSwap ? `${actor} asks to swap shifts in ${schedule}` : `${actor} asks for cover in ${schedule}`,
  offered: (actor, schedule) => `${actor} offers to take a part of your shift in ${schedule}`,
  taken: (actor, schedule, isSwap) =>
    isSwap ? `${actor} swaps shifts with you in ${schedule}` : `${actor} covers you in ${schedule}`,
  declined: (actor, schedule) => `${actor} can’t cover you in ${schedule}: you stay on call`,
  "offer-accepted": (actor, schedule) => `${actor} accepts: you are on call in ${schedule}`,
  "offer-declined": (actor, schedule) => `${actor} doesn’t need the part you offered in ${schedule}`,
  withdrawn: (actor, schedule) => `${actor} needs no cover in ${schedule} any more`,
  untaken: (_actor, schedule) => `Nobody has taken your shift in ${schedule}: you stay on call`,
  undone: (actor, schedule) => `${actor} undid a cover in ${schedule}: your shifts are as they were`,
};

/** The notice of a cover request to one reader, with its times on the reader's clocks. */
export function coverNotice(event: CoverEvent, story: CoverStory, reader: TimeReader) {
  const { actor, schedule, spans, inReturn, message } = story;
  return {
    title: TITLES[event](actor, schedule.name, inReturn !== null),
    lines: [
      ...spans.map((span) => spanText(span, reader)),
      ...(inReturn === null ? [] : [`In return: ${spanText(inReturn, reader)}`]),
      ...(message === null ? [] : [`“${message}”`]),
    ],
    path: event === "asked" || event === "offered" ? "/schedules" : `/schedules/${schedule.slug}`,
  };
}

function spanText({ startsAt, endsAt }: CoverSpan, reader: TimeReader): string {
  return `${formatDayTime(startsAt.getTime(), reader)} – ${formatDayTime(endsAt.getTime(), reader)} (${reader.timeZone})`;
}
