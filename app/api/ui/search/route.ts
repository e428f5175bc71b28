import { z } from "zod";
import { uiRoute } from "#lib/http/ui-route";
import { searchEverything } from "#lib/search/queries";

const search = z.object({ q: z.string().max(200) });

export const GET = uiRoute({ query: search, permission: "read" }, ({ ctx, query }) =>
  searchEverything(ctx, query.q),
);
