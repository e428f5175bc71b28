import { resourceHead } from "#lib/http/wire/reference";
import type { WireContext } from "#lib/http/wire/wire-context";

/** The one licence there is: everything, for everybody. Clients won't do without. */
const LICENSE = { id: "PLICENSE000001", name: "Touchline" };

const WIRE_ROLES = [
  "owner",
  "admin",
  "user",
  "limited_user",
  "observer",
  "read_only_user",
  "read_only_limited_user",
  "restricted_access",
] as const;

export function wireLicense(wire: WireContext) {
  return {
    ...resourceHead(wire, "license", LICENSE),
    name: LICENSE.name,
    description: "Everything is included.",
    valid_roles: WIRE_ROLES,
    role_group: "FullUser",
  };
}
