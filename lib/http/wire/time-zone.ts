import { RAILS_TIME_ZONES } from "#lib/http/wire/rails-time-zones";
import { parseTimeZone } from "#lib/time/zone";

/** An IANA zone from an IANA name in any case or a Rails one (`Eastern Time (US & Canada)`); null: there is no such zone. */
export function readTimeZone(name: string): string | null {
  const rails = RAILS_TIME_ZONES[name.trim().toLowerCase()];
  if (rails !== undefined) return rails;
  const parsed = parseTimeZone(name.trim());
  return parsed.kind === "zone" ? parsed.timeZone : null;
}
