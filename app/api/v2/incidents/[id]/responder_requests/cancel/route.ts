export { cancelResponderRequests as PUT } from "#lib/http/api/responder-requests";
