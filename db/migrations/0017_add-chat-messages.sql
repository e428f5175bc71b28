CREATE TABLE "chat_messages" (
	"delivery_id" text PRIMARY KEY NOT NULL,
	"incident_id" text NOT NULL,
	"channel" text NOT NULL,
	"address" text NOT NULL,
	"ref" text NOT NULL,
	"shown_status" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "chat_messages_channel_check" CHECK ("chat_messages"."channel" in ('email', 'push', 'slack', 'webhook', 'sms', 'phone', 'teams', 'mattermost', 'discord', 'google_chat', 'telegram', 'ntfy', 'pushover')),
	CONSTRAINT "chat_messages_status_check" CHECK ("chat_messages"."shown_status" in ('triggered', 'acknowledged', 'resolved'))
);
--> statement-breakpoint
ALTER TABLE "chat_messages" ADD CONSTRAINT "chat_messages_delivery_id_deliveries_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."deliveries"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_messages" ADD CONSTRAINT "chat_messages_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "chat_messages_open_idx" ON "chat_messages" USING btree ("incident_id") WHERE "chat_messages"."shown_status" <> 'resolved';