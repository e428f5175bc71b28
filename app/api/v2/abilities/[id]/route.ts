export { testAbility as GET } from "#lib/http/api/account";
