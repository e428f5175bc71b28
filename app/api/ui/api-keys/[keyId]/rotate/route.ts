import { z } from "zod";
import { idField } from "#lib/field-schemas";
import { uiRoute } from "#lib/http/ui-route";
import { rotateApiKey } from "#lib/organisation/commands/rotate-api-key";

const params = z.object({ keyId: idField });

export const POST = uiRoute({ params, permission: "read" }, ({ ctx, params: key }) => rotateApiKey(ctx, key));
