-- A version never changes once it is published: processes keep what they have read of it.
CREATE TRIGGER schedule_layers_never_change BEFORE UPDATE ON schedule_layers
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER schedule_layer_members_never_change BEFORE UPDATE ON schedule_layer_members
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
