ALTER TABLE "ballot_box" ADD COLUMN "mixed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "ballot_issue" ADD COLUMN "mixed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "wave" ADD COLUMN "blocks" jsonb;--> statement-breakpoint
ALTER TABLE "wave" ADD COLUMN "reminders_sent" integer[] DEFAULT '{}' NOT NULL;