import { formatDayTime } from "#lib/time/format";
import { MINUTE } from "#lib/time/calendar";

export type HandOffTold = {
  schedule: string;
  side: "oncall" | "offcall";
  /** When the shift begins or ends, epoch milliseconds. */
  at: number;
  /** When the shift that begins ends; null: never. */
  until: number | null;
  /** From whom it is taken over, or who takes over. */
  others: string[];
  timeZone: string;
  now: number;
};

/** What a person is told of a shift of theirs that begins or ends, on the clock of their own zone. */
export function handOffWords(told: HandOffTold): { title: string; lines: string[] } {
  const { schedule, side, at, until, others, timeZone, now } = told;
  const reader = { timeZone, locale: "en-GB", hour12: false };
  const time = `${formatDayTime(at, reader)} (${timeZone})`;
  const names = others.join(" and ");
  const isAhead = at - now >= MINUTE;
  const end = until === null ? "without a planned end" : `until ${formatDayTime(until, reader)}`;
  if (side === "oncall") {
    return {
      title: isAhead ? `You go on call for ${schedule}: ${time}` : `You are on call for ${schedule}`,
      lines: [
        `${isAhead ? "From" : "Since"} ${time}, ${end}.`,
        names === "" ? "Nobody has it before you." : `You take over from ${names}.`,
      ],
    };
  }
  return {
    title: isAhead ? `You go off call for ${schedule}: ${time}` : `You are off call for ${schedule}`,
    lines: [
      isAhead ? `Your shift ends ${time}.` : `Your shift ended ${time}.`,
      names === "" ? "Nobody takes over." : `${names} ${others.length === 1 ? "takes" : "take"} over.`,
    ],
  };
}
