CREATE TABLE "intake_floods" (
	"id" text PRIMARY KEY NOT NULL,
	"integration_id" text NOT NULL,
	"began_at" timestamp (3) with time zone NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL,
	"coalesced" bigint NOT NULL,
	"refused" bigint NOT NULL,
	"told_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
DROP INDEX "inbox_todo_idx";--> statement-breakpoint
ALTER TABLE "inbox" ADD COLUMN "occurrences" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "intake_floods" ADD CONSTRAINT "intake_floods_integration_id_integrations_id_fk" FOREIGN KEY ("integration_id") REFERENCES "public"."integrations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "intake_floods_open_key" ON "intake_floods" USING btree ("integration_id") WHERE "intake_floods"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "intake_floods_integration_idx" ON "intake_floods" USING btree ("integration_id","began_at");--> statement-breakpoint
CREATE INDEX "inbox_todo_idx" ON "inbox" USING btree ("lane","integration_id","id") WHERE "inbox"."processed_at" is null;