export { getUserLicense as GET } from "#lib/http/api/users";
