export { listVendors as GET } from "#lib/http/api/account";
