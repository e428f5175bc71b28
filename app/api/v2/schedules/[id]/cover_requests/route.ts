export { createCoverRequest as POST, listCoverRequests as GET } from "#lib/http/api/cover-requests";
