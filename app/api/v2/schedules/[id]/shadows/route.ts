export { createShadow as POST, listWireShadows as GET } from "#lib/http/api/shadows";
