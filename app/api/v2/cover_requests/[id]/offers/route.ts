export { createCoverOffer as POST } from "#lib/http/api/cover-requests";
