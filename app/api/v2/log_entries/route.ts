export { listLogEntries as GET } from "#lib/http/api/log-entries";
