export { listWirePriorities as GET } from "#lib/http/api/account";
