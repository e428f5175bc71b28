export { getVendor as GET } from "#lib/http/api/account";
