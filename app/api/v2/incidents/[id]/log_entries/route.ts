export { listIncidentLogEntries as GET } from "#lib/http/api/log-entries";
