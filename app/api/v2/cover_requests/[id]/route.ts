export { deleteCoverRequest as DELETE, getCoverRequest as GET } from "#lib/http/api/cover-requests";
