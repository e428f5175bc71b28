import type { WireContext } from "#lib/http/wire/wire-context";
import { offsetAt } from "#lib/time/zone";

/** An instant as the public API writes it: `2026-01-01T00:00:00Z`, or with the offset of the zone that was asked for. */
export function wireInstant(at: Date | string, timeZone: string | null): string {
  const instant = Math.floor(new Date(at).getTime() / 1000) * 1000;
  if (timeZone === null) return `${new Date(instant).toISOString().slice(0, 19)}Z`;
  const minutes = Math.round(offsetAt(timeZone, instant) / 60_000);
  const local = new Date(instant + minutes * 60_000).toISOString().slice(0, 19);
  if (minutes === 0) return `${local}Z`;
  const size = Math.abs(minutes);
  const hours = String(Math.floor(size / 60)).padStart(2, "0");
  return `${local}${minutes < 0 ? "-" : "+"}${hours}:${String(size % 60).padStart(2, "0")}`;
}

/** As wireInstant in the zone of the request; null stays null. */
export function wireInstantOrNull(wire: WireContext, at: Date | string | null): string | null {
  return at === null ? null : wireInstant(at, wire.timeZone);
}
