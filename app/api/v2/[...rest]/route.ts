export {
  notFoundDelete as DELETE,
  notFoundGet as GET,
  notFoundPost as POST,
  notFoundPut as PUT,
} from "#lib/http/api/fallback";
