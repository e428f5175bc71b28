export { getMe as GET } from "#lib/http/api/users";
