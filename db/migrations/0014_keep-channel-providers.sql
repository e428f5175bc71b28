CREATE TABLE "channel_providers" (
	"id" text PRIMARY KEY NOT NULL,
	"channel" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"settings" jsonb NOT NULL,
	"secret" text NOT NULL,
	"position" integer NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"failures_in_row" integer DEFAULT 0 NOT NULL,
	"last_ok_at" timestamp (3) with time zone,
	"last_failed_at" timestamp (3) with time zone,
	"last_error" text,
	"is_demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "channel_providers_channel_check" CHECK ("channel_providers"."channel" in ('email', 'push', 'slack', 'webhook', 'sms', 'phone', 'teams', 'mattermost', 'discord', 'google_chat', 'telegram', 'ntfy', 'pushover')),
	CONSTRAINT "channel_providers_kind_check" CHECK ("channel_providers"."kind" in ('twilio', 'vonage', 'gateway', 'slack', 'telegram', 'pushover')),
	CONSTRAINT "channel_providers_name_check" CHECK (length("channel_providers"."name") between 1 and 100),
	CONSTRAINT "channel_providers_failures_check" CHECK ("channel_providers"."failures_in_row" >= 0)
);
--> statement-breakpoint
CREATE TABLE "received_texts" (
	"id" text PRIMARY KEY NOT NULL,
	"channel_provider_id" text NOT NULL,
	"external_id" text NOT NULL,
	"answer" text,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "short_links" (
	"hash" text PRIMARY KEY NOT NULL,
	"delivery_id" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "telephony_messages" (
	"id" text PRIMARY KEY NOT NULL,
	"channel_provider_id" text NOT NULL,
	"delivery_id" text NOT NULL,
	"external_id" text NOT NULL,
	"address" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "verification_codes" (
	"contact_method_id" text PRIMARY KEY NOT NULL,
	"hash" text NOT NULL,
	"wrong" integer DEFAULT 0 NOT NULL,
	"sends" integer DEFAULT 1 NOT NULL,
	"counted_from" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "verification_codes_counts_check" CHECK ("verification_codes"."wrong" >= 0 and "verification_codes"."sends" >= 1)
);
--> statement-breakpoint
ALTER TABLE "pages" DROP CONSTRAINT "pages_reason_check";--> statement-breakpoint
ALTER TABLE "pages" DROP CONSTRAINT "pages_incident_check";--> statement-breakpoint
ALTER TABLE "pages" DROP CONSTRAINT "pages_notice_check";--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "channel_provider_id" text;--> statement-breakpoint
ALTER TABLE "contact_methods" ADD COLUMN "opted_out_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "services" ADD COLUMN "withhold_details" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "received_texts" ADD CONSTRAINT "received_texts_channel_provider_id_channel_providers_id_fk" FOREIGN KEY ("channel_provider_id") REFERENCES "public"."channel_providers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "short_links" ADD CONSTRAINT "short_links_delivery_id_deliveries_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."deliveries"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "telephony_messages" ADD CONSTRAINT "telephony_messages_channel_provider_id_channel_providers_id_fk" FOREIGN KEY ("channel_provider_id") REFERENCES "public"."channel_providers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "telephony_messages" ADD CONSTRAINT "telephony_messages_delivery_id_deliveries_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."deliveries"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verification_codes" ADD CONSTRAINT "verification_codes_contact_method_id_contact_methods_id_fk" FOREIGN KEY ("contact_method_id") REFERENCES "public"."contact_methods"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "channel_providers_name_key" ON "channel_providers" USING btree ("channel",lower("name"));--> statement-breakpoint
CREATE UNIQUE INDEX "received_texts_external_key" ON "received_texts" USING btree ("channel_provider_id","external_id");--> statement-breakpoint
CREATE INDEX "received_texts_at_idx" ON "received_texts" USING btree ("at");--> statement-breakpoint
CREATE INDEX "short_links_expires_idx" ON "short_links" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "short_links_delivery_idx" ON "short_links" USING btree ("delivery_id");--> statement-breakpoint
CREATE UNIQUE INDEX "telephony_messages_external_key" ON "telephony_messages" USING btree ("channel_provider_id","external_id");--> statement-breakpoint
CREATE INDEX "telephony_messages_address_idx" ON "telephony_messages" USING btree ("address","at");--> statement-breakpoint
CREATE INDEX "telephony_messages_delivery_idx" ON "telephony_messages" USING btree ("delivery_id");--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_channel_provider_id_channel_providers_id_fk" FOREIGN KEY ("channel_provider_id") REFERENCES "public"."channel_providers"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pages" ADD CONSTRAINT "pages_reason_check" CHECK ("pages"."reason" in ('assigned', 'escalated', 'reassigned', 'unacknowledged', 'reopened', 'urgency_raised', 'fallback', 'handoff', 'told', 'nobody_answered', 'requested', 'changed', 'test', 'shift', 'schedule_changed', 'cover', 'coverage_gap', 'held_back', 'digest', 'self_test', 'verification'));--> statement-breakpoint
ALTER TABLE "pages" ADD CONSTRAINT "pages_incident_check" CHECK (("pages"."reason" in ('test', 'shift', 'schedule_changed', 'cover', 'coverage_gap', 'held_back', 'digest', 'self_test', 'verification')) = ("pages"."incident_id" is null));--> statement-breakpoint
ALTER TABLE "pages" ADD CONSTRAINT "pages_notice_check" CHECK (("pages"."reason" in ('shift', 'schedule_changed', 'cover', 'coverage_gap', 'held_back', 'digest', 'self_test', 'verification')) = ("pages"."notice" is not null and "pages"."notice_key" is not null));