CREATE TABLE "channel_posts" (
	"id" text PRIMARY KEY NOT NULL,
	"incident_id" text NOT NULL,
	"team_channel_id" text NOT NULL,
	"address" text NOT NULL,
	"ref" text,
	"shown_status" text,
	"due_at" timestamp (3) with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"ended_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "channel_posts_status_check" CHECK ("channel_posts"."shown_status" in ('triggered', 'acknowledged', 'resolved'))
);
--> statement-breakpoint
CREATE TABLE "team_channels" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text,
	"service_id" text,
	"address" text NOT NULL,
	"name" text NOT NULL,
	"high_only" boolean NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "team_channels_owner_check" CHECK (num_nonnulls("team_channels"."team_id", "team_channels"."service_id") = 1)
);
--> statement-breakpoint
ALTER TABLE "pages" DROP CONSTRAINT "pages_reason_check";--> statement-breakpoint
ALTER TABLE "pages" DROP CONSTRAINT "pages_notice_check";--> statement-breakpoint
ALTER TABLE "channel_posts" ADD CONSTRAINT "channel_posts_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_posts" ADD CONSTRAINT "channel_posts_team_channel_id_team_channels_id_fk" FOREIGN KEY ("team_channel_id") REFERENCES "public"."team_channels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_channels" ADD CONSTRAINT "team_channels_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_channels" ADD CONSTRAINT "team_channels_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "channel_posts_key" ON "channel_posts" USING btree ("incident_id","address");--> statement-breakpoint
CREATE INDEX "channel_posts_open_idx" ON "channel_posts" USING btree ("due_at") WHERE "channel_posts"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "channel_posts_channel_idx" ON "channel_posts" USING btree ("team_channel_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "team_channels_team_key" ON "team_channels" USING btree ("team_id","address");--> statement-breakpoint
CREATE UNIQUE INDEX "team_channels_service_key" ON "team_channels" USING btree ("service_id","address");--> statement-breakpoint
ALTER TABLE "pages" ADD CONSTRAINT "pages_reason_check" CHECK ("pages"."reason" in ('assigned', 'escalated', 'reassigned', 'unacknowledged', 'reopened', 'urgency_raised', 'fallback', 'handoff', 'told', 'nobody_answered', 'requested', 'changed', 'status_update', 'test', 'shift', 'schedule_changed', 'cover', 'coverage_gap', 'held_back', 'intake_flood', 'digest', 'service_level', 'self_test', 'verification'));--> statement-breakpoint
ALTER TABLE "pages" ADD CONSTRAINT "pages_notice_check" CHECK (("pages"."reason" in ('shift', 'schedule_changed', 'cover', 'coverage_gap', 'held_back', 'intake_flood', 'digest', 'service_level', 'self_test', 'verification', 'requested', 'changed', 'status_update')) = ("pages"."notice" is not null and "pages"."notice_key" is not null));