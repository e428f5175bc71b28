export { listWireOnCalls as GET } from "#lib/http/api/on-calls";
