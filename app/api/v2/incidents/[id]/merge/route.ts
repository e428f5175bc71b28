export { mergeIncident as PUT } from "#lib/http/api/incidents";
