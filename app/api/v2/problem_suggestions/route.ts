export { listWireSuggestions as GET } from "#lib/http/api/problems";
