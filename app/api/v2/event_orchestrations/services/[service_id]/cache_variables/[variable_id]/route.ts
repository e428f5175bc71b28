export {
  getServiceVariable as GET,
  updateServiceVariable as PUT,
  deleteServiceVariable as DELETE,
} from "#lib/http/api/cache-variables";
