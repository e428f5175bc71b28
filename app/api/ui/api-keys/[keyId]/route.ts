import { z } from "zod";
import { idField } from "#lib/field-schemas";
import { uiRoute } from "#lib/http/ui-route";
import { revokeApiKey } from "#lib/organisation/commands/revoke-api-key";

const params = z.object({ keyId: idField });

export const DELETE = uiRoute({ params, permission: "read" }, ({ ctx, params: key }) =>
  revokeApiKey(ctx, key),
);
