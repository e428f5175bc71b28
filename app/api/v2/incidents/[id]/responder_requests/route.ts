export { createResponderRequest as POST } from "#lib/http/api/responder-requests";
