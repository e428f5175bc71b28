export { listVariables as GET, createVariable as POST } from "#lib/http/api/cache-variables";
