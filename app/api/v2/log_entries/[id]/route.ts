export { getLogEntry as GET } from "#lib/http/api/log-entries";
