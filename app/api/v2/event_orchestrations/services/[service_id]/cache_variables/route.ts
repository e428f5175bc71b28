export { listServiceVariables as GET, createServiceVariable as POST } from "#lib/http/api/cache-variables";
