export { getWireReview as GET, updateWireReview as PUT } from "#lib/http/api/reviews";
