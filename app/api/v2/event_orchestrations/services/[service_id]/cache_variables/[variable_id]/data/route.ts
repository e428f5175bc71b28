export {
  getServiceVariableData as GET,
  putServiceVariableData as PUT,
  deleteServiceVariableData as DELETE,
} from "#lib/http/api/cache-variables";
