export { updateCoverOffer as PUT } from "#lib/http/api/cover-requests";
