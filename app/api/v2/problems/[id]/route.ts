export { getWireProblem as GET, updateWireProblem as PUT } from "#lib/http/api/problems";
