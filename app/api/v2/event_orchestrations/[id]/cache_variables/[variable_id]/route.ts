export {
  getVariable as GET,
  updateVariable as PUT,
  deleteVariable as DELETE,
} from "#lib/http/api/cache-variables";
