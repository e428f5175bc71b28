export { rawResponses as GET } from "#lib/http/api/analytics";
