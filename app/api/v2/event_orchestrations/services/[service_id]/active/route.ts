export {
  getServiceRulesActive as GET,
  putServiceRulesActive as PUT,
} from "#lib/http/api/event-orchestrations";
