export { listWireReviews as GET, createWireReview as POST } from "#lib/http/api/reviews";
