export { listLicenses as GET } from "#lib/http/api/account";
