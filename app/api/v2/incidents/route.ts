export {
  listIncidents as GET,
  createIncident as POST,
  updateIncidents as PUT,
} from "#lib/http/api/incidents";
