export { listUnroutedVersions as GET } from "#lib/http/api/event-orchestrations";
