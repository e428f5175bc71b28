export { listAbilities as GET } from "#lib/http/api/account";
