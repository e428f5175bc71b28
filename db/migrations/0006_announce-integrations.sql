-- Tells every process that what keys of integrations stand for may have changed. Columns that events move all the time
-- (last_event_at, last_incident_at) are left out: intake would ask again and again for nothing.
CREATE FUNCTION announce_integrations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('touchline_integrations', '');
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER integrations_announce
  AFTER INSERT OR DELETE OR UPDATE OF key, service_id, deleted_at ON integrations
  FOR EACH STATEMENT EXECUTE FUNCTION announce_integrations();
--> statement-breakpoint
CREATE TRIGGER services_announce
  AFTER DELETE OR UPDATE OF name, disabled_at, deleted_at ON services
  FOR EACH STATEMENT EXECUTE FUNCTION announce_integrations();
