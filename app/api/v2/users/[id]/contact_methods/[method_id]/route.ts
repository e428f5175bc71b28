export {
  getContactMethod as GET,
  updateWireContactMethod as PUT,
  deleteContactMethod as DELETE,
} from "#lib/http/api/contact-methods";
