export { listWirePolicies as GET, createWirePolicy as POST } from "#lib/http/api/escalation-policies";
