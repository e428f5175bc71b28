CREATE TABLE "json_mappings" (
	"integration_id" text NOT NULL,
	"version" integer NOT NULL,
	"mapping" jsonb NOT NULL,
	"published_by" text,
	"published_by_name" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "json_mappings_integration_id_version_pk" PRIMARY KEY("integration_id","version")
);
--> statement-breakpoint
ALTER TABLE "integrations" ADD COLUMN "mapping_version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "json_mappings" ADD CONSTRAINT "json_mappings_integration_id_integrations_id_fk" FOREIGN KEY ("integration_id") REFERENCES "public"."integrations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "json_mappings" ADD CONSTRAINT "json_mappings_published_by_users_id_fk" FOREIGN KEY ("published_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
-- A new mapping is what a key stands for, too.
DROP TRIGGER integrations_announce ON integrations;--> statement-breakpoint
CREATE TRIGGER integrations_announce
  AFTER INSERT OR DELETE OR UPDATE OF key, service_id, deleted_at, mapping_version ON integrations
  FOR EACH STATEMENT EXECUTE FUNCTION announce_integrations();
