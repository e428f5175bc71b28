export { getOpenApi as GET } from "#lib/http/api/openapi";
