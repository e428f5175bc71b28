export { listHandoffRules as GET, createHandoffRule as POST } from "#lib/http/api/handoff-rules";
