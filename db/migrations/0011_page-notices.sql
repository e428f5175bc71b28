ALTER TABLE "deliveries" DROP CONSTRAINT "deliveries_channel_check";--> statement-breakpoint
ALTER TABLE "pages" DROP CONSTRAINT "pages_test_check";--> statement-breakpoint
ALTER TABLE "pages" DROP CONSTRAINT "pages_reason_check";--> statement-breakpoint
ALTER TABLE "contact_methods" DROP CONSTRAINT "contact_methods_channel_check";--> statement-breakpoint
ALTER TABLE "pages" ADD COLUMN "notice" jsonb;--> statement-breakpoint
ALTER TABLE "pages" ADD COLUMN "notice_key" text;--> statement-breakpoint
CREATE UNIQUE INDEX "pages_notice_key" ON "pages" USING btree ("user_id","notice_key") WHERE "pages"."notice_key" is not null;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_channel_check" CHECK ("deliveries"."channel" in ('email', 'push', 'slack', 'webhook', 'sms', 'phone', 'teams', 'mattermost', 'discord', 'google_chat', 'telegram', 'ntfy', 'pushover'));--> statement-breakpoint
ALTER TABLE "pages" ADD CONSTRAINT "pages_incident_check" CHECK (("pages"."reason" in ('test', 'shift', 'schedule_changed', 'cover', 'coverage_gap', 'held_back', 'digest', 'self_test')) = ("pages"."incident_id" is null));--> statement-breakpoint
ALTER TABLE "pages" ADD CONSTRAINT "pages_notice_check" CHECK (("pages"."reason" in ('shift', 'schedule_changed', 'cover', 'coverage_gap', 'held_back', 'digest', 'self_test')) = ("pages"."notice" is not null and "pages"."notice_key" is not null));--> statement-breakpoint
ALTER TABLE "pages" ADD CONSTRAINT "pages_reason_check" CHECK ("pages"."reason" in ('assigned', 'escalated', 'reassigned', 'unacknowledged', 'reopened', 'urgency_raised', 'fallback', 'handoff', 'told', 'nobody_answered', 'requested', 'changed', 'test', 'shift', 'schedule_changed', 'cover', 'coverage_gap', 'held_back', 'digest', 'self_test'));--> statement-breakpoint
ALTER TABLE "contact_methods" ADD CONSTRAINT "contact_methods_channel_check" CHECK ("contact_methods"."channel" in ('email', 'push', 'slack', 'webhook', 'sms', 'phone', 'teams', 'mattermost', 'discord', 'google_chat', 'telegram', 'ntfy', 'pushover'));