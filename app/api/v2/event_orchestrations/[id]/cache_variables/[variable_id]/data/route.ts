export {
  getVariableData as GET,
  putVariableData as PUT,
  deleteVariableData as DELETE,
} from "#lib/http/api/cache-variables";
