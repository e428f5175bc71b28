import { z } from "zod";
import { uiRoute } from "#lib/http/ui-route";
import { parseAuditFilter } from "#lib/organisation/audit-filter";
import { listAuditRecords } from "#lib/organisation/queries/audit-records";

const query = z.looseObject({ cursor: z.string().optional() });

export const GET = uiRoute({ query, permission: "audit.read" }, ({ ctx, query: { cursor }, request }) =>
  listAuditRecords(ctx, {
    ...parseAuditFilter(new URL(request.url).searchParams),
    cursor: cursor ?? null,
  }),
);
