import { API_ROUTES } from "#lib/http/api/registry";
import { openApiDocument } from "#lib/http/openapi";
import { publicBase } from "#lib/http/wire/request";

/** The description of the public API, for everybody: it says nothing that the source doesn't. */
export function getOpenApi(request: Request): Response {
  const specs = API_ROUTES.map(({ spec }) => spec);
  return Response.json(openApiDocument(specs, publicBase(request)), {
    headers: { "cache-control": "public, max-age=300" },
  });
}
