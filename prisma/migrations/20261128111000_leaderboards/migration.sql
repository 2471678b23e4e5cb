-- Boards by data set, budget and metric; verified entries; who led when; whether a run had a GPU.

-- CreateEnum
CREATE TYPE "leaderboard_metric" AS ENUM ('TOP1');

-- CreateEnum
CREATE TYPE "budget_axis" AS ENUM ('PARAMS', 'MACS', 'FLOPS_TOOL', 'ACTIVATION_BYTES', 'LATENCY_MS');

-- CreateEnum
CREATE TYPE "entry_state" AS ENUM ('UNVERIFIED', 'VERIFYING', 'VERIFIED', 'REJECTED', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "leaderboard_event_kind" AS ENUM ('ENTERED', 'VERIFIED', 'REJECTED', 'VERIFICATION_FAILED', 'WITHDRAWN', 'LEADER_CHANGED');

-- AlterEnum
ALTER TYPE "phase" ADD VALUE 'verify';

-- DropForeignKey
ALTER TABLE "entry" DROP CONSTRAINT "entry_search_id_fkey";

-- DropForeignKey
ALTER TABLE "entry" DROP CONSTRAINT "entry_network_id_fkey";

-- DropForeignKey
ALTER TABLE "entry" DROP CONSTRAINT "entry_sha256_fkey";

-- DropIndex
DROP INDEX "entry_network_id_key";

-- DropIndex
DROP INDEX "entry_team_id_top1_id_idx";

-- AlterTable
ALTER TABLE "job" ADD COLUMN     "entry_id" UUID;

-- AlterTable
ALTER TABLE "run" ADD COLUMN     "on_gpu" BOOLEAN;

-- AlterTable
ALTER TABLE "entry" ADD COLUMN     "activation_bytes" BIGINT,
ADD COLUMN     "costs" JSONB,
ADD COLUMN     "created_by_id" UUID,
ADD COLUMN     "imported" JSONB,
ADD COLUMN     "latency_ms" DOUBLE PRECISION,
ADD COLUMN     "leaderboard_id" UUID,
ADD COLUMN     "state" "entry_state" NOT NULL DEFAULT 'UNVERIFIED',
ADD COLUMN     "training" JSONB,
ADD COLUMN     "trainings" JSONB,
ADD COLUMN     "verified_at" TIMESTAMPTZ(3),
ADD COLUMN     "verified_top1" DOUBLE PRECISION,
ADD COLUMN     "verified_top1s" JSONB,
ALTER COLUMN "search_id" DROP NOT NULL,
ALTER COLUMN "network_id" DROP NOT NULL;

-- CreateTable
CREATE TABLE "leaderboard" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "dataset_hash" TEXT NOT NULL,
    "dataset_kind" TEXT NOT NULL,
    "image_size" INTEGER NOT NULL,
    "class_count" INTEGER NOT NULL,
    "test_count" INTEGER NOT NULL,
    "metric" "leaderboard_metric" NOT NULL DEFAULT 'TOP1',
    "budget_axis" "budget_axis",
    "budget_max" DOUBLE PRECISION,
    "tolerance" DOUBLE PRECISION NOT NULL DEFAULT 0.005,
    "visibility" "visibility" NOT NULL DEFAULT 'TEAM',
    "created_by_id" UUID,
    "share_hash" TEXT,
    "event_cursor" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "leaderboard_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "leaderboard_event" (
    "leaderboard_id" UUID NOT NULL,
    "cursor" INTEGER NOT NULL,
    "kind" "leaderboard_event_kind" NOT NULL,
    "entry_id" UUID,
    "top1" DOUBLE PRECISION,
    "verified_top1" DOUBLE PRECISION,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "leaderboard_event_pkey" PRIMARY KEY ("leaderboard_id","cursor")
);

-- Stored rows take on the new form. The triggers that freeze them step aside for it.
ALTER TABLE "run" DISABLE TRIGGER "run_final";
DROP TRIGGER "entry_final" ON "entry";

-- TensorFlow's devices say "CPU" where they are one.
UPDATE "run" SET "on_gpu" = CASE
  WHEN "engine" = 'tensorflow' THEN "device" NOT LIKE '%, CPU, %'
  ELSE "engine" = 'webgpu' END;
ALTER TABLE "run" ALTER COLUMN "on_gpu" SET NOT NULL;
ALTER TABLE "run" ENABLE TRIGGER "run_final";

-- A board for every data set of a team, without a budget, named after the kind and the hash.
INSERT INTO "leaderboard"
    ("id", "team_id", "name", "dataset_hash", "dataset_kind", "image_size", "class_count", "test_count", "created_at")
  SELECT gen_random_uuid(), "team_id", "kind" || ' ' || left("hash", 8), "hash", "kind", "size",
    "class_count", "test_count", "created_at"
  FROM (
    SELECT DISTINCT ON ("entry"."team_id", "entry"."dataset_hash")
      "entry"."team_id", "dataset"."kind", "dataset"."hash", "dataset"."size",
      cardinality("dataset"."classes") AS "class_count", "dataset"."test_count", "entry"."created_at"
    FROM "entry" JOIN "dataset" ON "dataset"."search_id" = "entry"."search_id"
    ORDER BY "entry"."team_id", "entry"."dataset_hash", "entry"."created_at"
  ) AS "first_of";
UPDATE "entry" SET
    "leaderboard_id" = "leaderboard"."id",
    "latency_ms" = "network"."latency_ms",
    "activation_bytes" = (
      SELECT "activation_bytes" FROM "retraining"
      WHERE "network_id" = "network"."id" AND "tested_at" IS NOT NULL ORDER BY "position" LIMIT 1
    ),
    "training" = (
      SELECT "training" FROM "retraining" WHERE "network_id" = "network"."id" ORDER BY "position" LIMIT 1
    ),
    "trainings" = (
      SELECT jsonb_agg(jsonb_build_object(
        'seed', "seed", 'architecture', "architecture", 'top1', "top1", 'sha256', "sha256"
      ) ORDER BY "position")
      FROM "retraining" WHERE "network_id" = "network"."id" AND "tested_at" IS NOT NULL
    ),
    "costs" = coalesce((
      SELECT jsonb_agg(jsonb_build_object(
        'engine', "engine", 'device', "device", 'onGpu', "on_gpu", 'seconds', "seconds"
      ) ORDER BY "seconds" DESC, "engine", "device")
      FROM (
        SELECT "run"."engine", "run"."device", "run"."on_gpu",
          sum(extract(epoch FROM "run"."finished_at" - "run"."started_at"))::float8 AS "seconds"
        FROM "run" JOIN "job" ON "job"."id" = "run"."job_id"
          JOIN "search" ON "search"."id" = "job"."search_id"
        WHERE "job"."search_id" = "entry"."search_id" AND "run"."finished_at" IS NOT NULL
          AND (
            "job"."kind" = 'retrain' AND "job"."network_id" = "entry"."network_id"
            OR "job"."kind" NOT IN ('retrain', 'cut', 'export')
              AND "job"."created_at" <= coalesce("search"."finished_at", 'infinity')
          )
        GROUP BY 1, 2, 3
      ) AS "spent"
    ), '[]')
  FROM "leaderboard", "network"
  WHERE "leaderboard"."team_id" = "entry"."team_id"
    AND "leaderboard"."dataset_hash" = "entry"."dataset_hash"
    AND "network"."id" = "entry"."network_id";
ALTER TABLE "entry" DROP COLUMN "sha256",
ALTER COLUMN "leaderboard_id" SET NOT NULL,
ALTER COLUMN "training" SET NOT NULL,
ALTER COLUMN "trainings" SET NOT NULL,
ALTER COLUMN "costs" SET NOT NULL;

-- What happened on the boards until now: entries, and those among them that took the lead.
INSERT INTO "leaderboard_event" ("leaderboard_id", "cursor", "kind", "entry_id", "top1", "at")
  SELECT "leaderboard_id",
    row_number() OVER (PARTITION BY "leaderboard_id" ORDER BY "created_at", "entry_id", "kind"),
    "kind", "entry_id", "top1", "created_at"
  FROM (
    SELECT "leaderboard_id", "id" AS "entry_id", "top1", "created_at",
      'ENTERED'::"leaderboard_event_kind" AS "kind"
    FROM "entry"
    UNION ALL
    SELECT "leaderboard_id", "id", "top1", "created_at", 'LEADER_CHANGED'
    FROM (
      SELECT *, max("top1") OVER (
        PARTITION BY "leaderboard_id" ORDER BY "created_at", "id"
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
      ) AS "best_before"
      FROM "entry"
    ) AS "compared"
    WHERE "best_before" IS NULL OR "top1" > "best_before"
  ) AS "told";
UPDATE "leaderboard" SET "event_cursor" = (
  SELECT count(*) FROM "leaderboard_event" WHERE "leaderboard_id" = "leaderboard"."id"
);

-- CreateIndex
CREATE UNIQUE INDEX "leaderboard_share_hash_key" ON "leaderboard"("share_hash");

-- CreateIndex
CREATE INDEX "leaderboard_team_id_dataset_hash_idx" ON "leaderboard"("team_id", "dataset_hash");

-- CreateIndex
CREATE INDEX "leaderboard_created_at_id_idx" ON "leaderboard"("created_at", "id");

-- CreateIndex
CREATE INDEX "leaderboard_event_entry_id_idx" ON "leaderboard_event"("entry_id");

-- CreateIndex
CREATE INDEX "job_entry_id_idx" ON "job"("entry_id");

-- CreateIndex
CREATE INDEX "entry_leaderboard_id_top1_id_idx" ON "entry"("leaderboard_id", "top1" DESC, "id");

-- CreateIndex
CREATE INDEX "entry_network_id_idx" ON "entry"("network_id");

-- CreateIndex
CREATE UNIQUE INDEX "entry_leaderboard_id_network_id_key" ON "entry"("leaderboard_id", "network_id");

-- AddForeignKey
ALTER TABLE "job" ADD CONSTRAINT "job_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "entry"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "leaderboard" ADD CONSTRAINT "leaderboard_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "leaderboard" ADD CONSTRAINT "leaderboard_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entry" ADD CONSTRAINT "entry_leaderboard_id_fkey" FOREIGN KEY ("leaderboard_id") REFERENCES "leaderboard"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entry" ADD CONSTRAINT "entry_search_id_fkey" FOREIGN KEY ("search_id") REFERENCES "search"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entry" ADD CONSTRAINT "entry_network_id_fkey" FOREIGN KEY ("network_id") REFERENCES "network"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entry" ADD CONSTRAINT "entry_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "leaderboard_event" ADD CONSTRAINT "leaderboard_event_leaderboard_id_fkey" FOREIGN KEY ("leaderboard_id") REFERENCES "leaderboard"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "leaderboard_event" ADD CONSTRAINT "leaderboard_event_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "entry"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand from here on: what the schema language cannot say.

ALTER TABLE "leaderboard" ADD CONSTRAINT "leaderboard_budget"
  CHECK (
    ("budget_axis" IS NULL) = ("budget_max" IS NULL)
    AND "budget_max" > 0 AND "budget_max" < 'Infinity'
  );
ALTER TABLE "leaderboard" ADD CONSTRAINT "leaderboard_tolerance" CHECK ("tolerance" BETWEEN 0 AND 1);
ALTER TABLE "entry" ADD CONSTRAINT "entry_verified"
  CHECK (
    "verified_top1" BETWEEN 0 AND 1
    AND ("verified_top1" IS NULL) = ("verified_at" IS NULL)
    AND ("verified_top1" IS NOT NULL OR "state" NOT IN ('VERIFIED', 'REJECTED'))
  );

-- An entry stays what it was; only what verification and withdrawal say of it changes. The search
-- and the network may go.
CREATE FUNCTION "refuse_other_entry"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changing text[] := ARRAY['state', 'verified_top1', 'verified_top1s', 'verified_at'];
BEGIN
  IF NEW."search_id" IS NULL THEN changing := array_append(changing, 'search_id'); END IF;
  IF NEW."network_id" IS NULL THEN changing := array_append(changing, 'network_id'); END IF;
  IF NEW."created_by_id" IS NULL THEN changing := array_append(changing, 'created_by_id'); END IF;
  IF to_jsonb(OLD) - changing <> to_jsonb(NEW) - changing THEN
    RAISE EXCEPTION 'what a row of % shows does not change', TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "entry_final" BEFORE UPDATE ON "entry" FOR EACH ROW
  EXECUTE FUNCTION "refuse_other_entry"();
CREATE TRIGGER "leaderboard_event_final" BEFORE UPDATE ON "leaderboard_event" FOR EACH ROW
  EXECUTE FUNCTION "refuse_update"();
