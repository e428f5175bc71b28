export { listContactMethods as GET, createContactMethod as POST } from "#lib/http/api/contact-methods";
