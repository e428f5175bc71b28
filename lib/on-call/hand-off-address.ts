export type HandOffRef = { scheduleId: string; at: Date };

/** The second that names a hand-off, in epoch milliseconds: what is kept about it is kept under this. */
export function secondOf(at: number): number {
  return Math.floor(at / 1000) * 1000;
}

/** A hand-off as an address names it: its schedule and its second, `Q15Y550DMQQWJG-tdkq9c`. */
export function handOffAddress({ scheduleId, at }: HandOffRef): string {
  return `${scheduleId}-${(secondOf(at.getTime()) / 1000).toString(36)}`;
}

/** The inverse of `handOffAddress`; null: no such address. */
export function parseHandOffAddress(text: string): HandOffRef | null {
  const match = /^([A-Z][A-Z0-9]{1,31})-([0-9a-z]{1,8})$/.exec(text);
  if (!match?.[1] || !match[2]) return null;
  const at = new Date(parseInt(match[2], 36) * 1000);
  return Number.isNaN(at.getTime()) ? null : { scheduleId: match[1], at };
}
