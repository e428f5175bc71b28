CREATE TABLE "integration_hours" (
	"integration_id" text NOT NULL,
	"hour" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "integration_hours_integration_id_hour_pk" PRIMARY KEY("integration_id","hour")
);
--> statement-breakpoint
CREATE TABLE "heartbeats" (
	"integration_id" text PRIMARY KEY NOT NULL,
	"every_seconds" integer NOT NULL,
	"grace_seconds" integer NOT NULL,
	"severity" text NOT NULL,
	"last_beat_at" timestamp (3) with time zone,
	"due_at" timestamp (3) with time zone,
	"is_late" boolean DEFAULT false NOT NULL,
	CONSTRAINT "heartbeats_severity_check" CHECK ("heartbeats"."severity" in ('critical', 'error', 'warning', 'info')),
	CONSTRAINT "heartbeats_period_check" CHECK ("heartbeats"."every_seconds" between 30 and 2678400 and "heartbeats"."grace_seconds" between 0 and 2678400),
	CONSTRAINT "heartbeats_late_check" CHECK (not "heartbeats"."is_late" or "heartbeats"."due_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "mail_integrations" (
	"integration_id" text PRIMARY KEY NOT NULL,
	"local_part" text NOT NULL,
	"settings" jsonb NOT NULL,
	CONSTRAINT "mail_integrations_local_part_check" CHECK ("mail_integrations"."local_part" ~ '^[a-z0-9][a-z0-9._+-]{0,62}$')
);
--> statement-breakpoint
CREATE TABLE "received_mails" (
	"id" text PRIMARY KEY NOT NULL,
	"integration_id" text NOT NULL,
	"message_id" text NOT NULL,
	"sender" text NOT NULL,
	"subject" text NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"outcome" text NOT NULL,
	"dedup_key" text,
	"answer_to" text
);
--> statement-breakpoint
ALTER TABLE "integrations" DROP CONSTRAINT "integrations_type_check";--> statement-breakpoint
ALTER TABLE "integrations" ADD COLUMN "detection_source" text DEFAULT 'monitoring' NOT NULL;--> statement-breakpoint
ALTER TABLE "integration_hours" ADD CONSTRAINT "integration_hours_integration_id_integrations_id_fk" FOREIGN KEY ("integration_id") REFERENCES "public"."integrations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "heartbeats" ADD CONSTRAINT "heartbeats_integration_id_integrations_id_fk" FOREIGN KEY ("integration_id") REFERENCES "public"."integrations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail_integrations" ADD CONSTRAINT "mail_integrations_integration_id_integrations_id_fk" FOREIGN KEY ("integration_id") REFERENCES "public"."integrations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "received_mails" ADD CONSTRAINT "received_mails_integration_id_integrations_id_fk" FOREIGN KEY ("integration_id") REFERENCES "public"."integrations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "heartbeats_due_idx" ON "heartbeats" USING btree ("due_at");--> statement-breakpoint
CREATE UNIQUE INDEX "mail_integrations_local_part_key" ON "mail_integrations" USING btree ("local_part");--> statement-breakpoint
CREATE UNIQUE INDEX "received_mails_message_key" ON "received_mails" USING btree ("integration_id","message_id");--> statement-breakpoint
CREATE INDEX "received_mails_sender_idx" ON "received_mails" USING btree ("integration_id","sender","received_at");--> statement-breakpoint
CREATE INDEX "received_mails_answer_idx" ON "received_mails" USING btree ("received_at") WHERE "received_mails"."answer_to" is not null;--> statement-breakpoint
ALTER TABLE "integrations" ADD CONSTRAINT "integrations_detection_check" CHECK ("integrations"."detection_source" in ('monitoring', 'internal_person', 'customer_report', 'partner', 'social', 'unknown'));--> statement-breakpoint
ALTER TABLE "integrations" ADD CONSTRAINT "integrations_type_check" CHECK ("integrations"."type" in ('events_api_v2_inbound_integration', 'generic_events_api_inbound_integration', 'alertmanager_inbound_integration', 'grafana_inbound_integration', 'heartbeat_inbound_integration', 'generic_email_inbound_integration'));--> statement-breakpoint
insert into "integration_hours" ("integration_id", "hour")
select distinct i.integration_id, date_trunc('hour', i.received_at, 'UTC')
from inbox i join integrations n on n.id = i.integration_id
where i.received_at > now() - interval '28 days'
on conflict do nothing;
