export { listWireProblems as GET, createWireProblem as POST } from "#lib/http/api/problems";
