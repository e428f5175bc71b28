import { z } from "zod";
import { AppError } from "#lib/errors";
import { apiRoute } from "#lib/http/api-route";
import { one } from "#lib/http/wire/common-schemas";
import { wireLicense } from "#lib/http/wire/license";
import { listBody, pagingQuery, readPaging } from "#lib/http/wire/list";
import type { Paging } from "#lib/http/wire/list";
import { wirePriority } from "#lib/http/wire/priority";
import { VENDORS, wireVendor } from "#lib/http/wire/vendors";
import { listPriorities } from "#lib/incidents/queries/priorities";
import { listUsers } from "#lib/people/queries/users";

/** What this deployment can do, in the names that clients probe for. */
const ABILITIES = [
  "teams",
  "read_only_users",
  "service_support_hours",
  "urgencies",
  "permissions_service",
  "advanced_permissions",
  "priorities",
  "audit_records",
  "manage_schedules",
  "manage_api_keys",
];

/** Names that clients know, but that this deployment does not offer. */
const MISSING_ABILITIES = new Set([
  "coordinated_responding",
  "event_rules",
  "event_orchestrations",
  "response_automation",
  "incident_workflows",
  "preview_intelligent_alert_grouping",
  "time_based_alert_grouping",
  "round_robin",
  "custom_fields",
  "webhooks_v3",
  "sso",
  "response_operations",
  "business_services",
]);

const query = z.object({ ...pagingQuery, query: one });

function cut<T>(rows: readonly T[], paging: Paging) {
  const end = paging.offset + paging.limit;
  return {
    rows: rows.slice(paging.offset, end),
    more: rows.length > end,
    total: paging.total ? rows.length : null,
  };
}

export const listAbilities = apiRoute(
  { method: "get", path: "/abilities", summary: "List what this deployment can do", tag: "Abilities" },
  () => ({ abilities: ABILITIES }),
);

export const testAbility = apiRoute(
  { method: "get", path: "/abilities/{id}", summary: "Test for an ability", tag: "Abilities", status: 204 },
  ({ param }) => {
    const name = param("id");
    if (ABILITIES.includes(name)) return undefined;
    if (MISSING_ABILITIES.has(name)) {
      throw new AppError("forbidden", `Account does not have the ability ${name}.`, {
        wireCode: 2014,
      });
    }
    throw new AppError("not_found", "There is no such ability.");
  },
);

export const listWirePriorities = apiRoute(
  { method: "get", path: "/priorities", summary: "List priorities", tag: "Priorities", query },
  async ({ ctx, wire, query: given }) => {
    const paging = readPaging(given);
    const page = cut(await listPriorities(ctx), paging);
    return listBody("priorities", page, paging, (priority) => wirePriority(wire, priority));
  },
);

export const listVendors = apiRoute(
  { method: "get", path: "/vendors", summary: "List vendors", tag: "Vendors", query },
  ({ wire, query: given }) => {
    const paging = readPaging(given);
    const wanted = given.query?.toLowerCase() ?? "";
    const found = VENDORS.filter(({ name }) => name.toLowerCase().includes(wanted));
    return listBody("vendors", cut(found, paging), paging, (vendor) => wireVendor(wire, vendor));
  },
);

export const getVendor = apiRoute(
  { method: "get", path: "/vendors/{id}", summary: "Get a vendor", tag: "Vendors" },
  ({ wire, param }) => {
    const vendor = VENDORS.find(({ id }) => id === param("id"));
    if (!vendor) throw new AppError("not_found", "There is no such vendor.", { wireCode: 5001 });
    return { vendor: wireVendor(wire, vendor) };
  },
);

export const listLicenses = apiRoute(
  { method: "get", path: "/licenses", summary: "List licences", tag: "Licences" },
  async ({ ctx, wire }) => {
    const { total: people } = await listUsers(ctx, { limit: 1 });
    return { licenses: [{ ...wireLicense(wire), current_value: people, allocations_available: null }] };
  },
);
