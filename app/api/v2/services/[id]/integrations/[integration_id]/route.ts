export {
  getWireIntegration as GET,
  updateWireIntegration as PUT,
  deleteWireIntegration as DELETE,
} from "#lib/http/api/integrations";
