export { listWireIntegrations as GET, createWireIntegration as POST } from "#lib/http/api/integrations";
