-- CreateEnum
CREATE TYPE "network_origin" AS ENUM ('SOLVED', 'AUDIT', 'REQUESTED');

-- AlterEnum
-- The order counts: the least kind among unfinished jobs is the search's phase.
ALTER TYPE "phase" ADD VALUE 'latency' BEFORE 'distil';
ALTER TYPE "phase" ADD VALUE 'cut' AFTER 'retrain';

-- AlterTable
ALTER TABLE "teacher" ADD COLUMN     "kind" TEXT,
ADD COLUMN     "test_count" INTEGER,
ALTER COLUMN "macs" DROP NOT NULL,
ALTER COLUMN "top1" DROP NOT NULL;

-- AlterTable
ALTER TABLE "job" ADD COLUMN     "latency_table_id" UUID,
ADD COLUMN     "retraining_id" UUID;

-- AlterTable
ALTER TABLE "candidate" ADD COLUMN     "activation_bytes" BIGINT,
ADD COLUMN     "error" DOUBLE PRECISION,
ADD COLUMN     "kl" DOUBLE PRECISION,
ADD COLUMN     "top1" DOUBLE PRECISION;

-- AlterTable
ALTER TABLE "network" ADD COLUMN     "activation_bytes" BIGINT,
ADD COLUMN     "audit_id" UUID,
ADD COLUMN     "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "cut_architecture" TEXT,
ADD COLUMN     "cut_sha256" TEXT,
ADD COLUMN     "cut_top1" DOUBLE PRECISION,
ADD COLUMN     "latency_ms" DOUBLE PRECISION,
ADD COLUMN     "origin" "network_origin",
ADD COLUMN     "request_key" TEXT,
ADD COLUMN     "top1_deviation" DOUBLE PRECISION,
ALTER COLUMN "rank" DROP NOT NULL;

-- AlterTable
ALTER TABLE "entry" ADD COLUMN     "top1_deviation" DOUBLE PRECISION,
ALTER COLUMN "teacher_top1" DROP NOT NULL,
ALTER COLUMN "predicted_rank" DROP NOT NULL;

-- CreateTable
CREATE TABLE "latency_table" (
    "id" UUID NOT NULL,
    "search_id" UUID NOT NULL,
    "spec" JSONB NOT NULL,
    "idempotency_key" TEXT,
    "engine" TEXT,
    "device" TEXT,
    "batch" INTEGER,
    "milliseconds" JSONB,
    "measured_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "latency_table_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "retraining" (
    "id" UUID NOT NULL,
    "network_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "seed" INTEGER NOT NULL,
    "training" JSONB NOT NULL,
    "architecture" TEXT,
    "params" BIGINT,
    "macs" BIGINT,
    "flops_tool" BIGINT,
    "activation_bytes" BIGINT,
    "top1" DOUBLE PRECISION,
    "sha256" TEXT,
    "tested_at" TIMESTAMPTZ(3),

    CONSTRAINT "retraining_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit" (
    "id" UUID NOT NULL,
    "search_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "spec" JSONB NOT NULL,
    "state" "job_state" NOT NULL DEFAULT 'QUEUED',
    "idempotency_key" TEXT,
    "failure_code" TEXT,
    "failure_message" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "audit_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "latency_table_search_id_idempotency_key_key" ON "latency_table"("search_id", "idempotency_key");

-- CreateIndex
CREATE UNIQUE INDEX "retraining_network_id_position_key" ON "retraining"("network_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "audit_search_id_idempotency_key_key" ON "audit"("search_id", "idempotency_key");

-- CreateIndex
CREATE INDEX "job_retraining_id_idx" ON "job"("retraining_id");

-- CreateIndex
CREATE INDEX "job_latency_table_id_idx" ON "job"("latency_table_id");

-- CreateIndex
CREATE INDEX "network_search_id_origin_idx" ON "network"("search_id", "origin");

-- CreateIndex
CREATE INDEX "network_audit_id_idx" ON "network"("audit_id");

-- AddForeignKey
ALTER TABLE "latency_table" ADD CONSTRAINT "latency_table_search_id_fkey" FOREIGN KEY ("search_id") REFERENCES "search"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job" ADD CONSTRAINT "job_retraining_id_fkey" FOREIGN KEY ("retraining_id") REFERENCES "retraining"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job" ADD CONSTRAINT "job_latency_table_id_fkey" FOREIGN KEY ("latency_table_id") REFERENCES "latency_table"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "network" ADD CONSTRAINT "network_audit_id_fkey" FOREIGN KEY ("audit_id") REFERENCES "audit"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "network" ADD CONSTRAINT "network_cut_sha256_fkey" FOREIGN KEY ("cut_sha256") REFERENCES "artifact"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "retraining" ADD CONSTRAINT "retraining_network_id_fkey" FOREIGN KEY ("network_id") REFERENCES "network"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "retraining" ADD CONSTRAINT "retraining_sha256_fkey" FOREIGN KEY ("sha256") REFERENCES "artifact"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit" ADD CONSTRAINT "audit_search_id_fkey" FOREIGN KEY ("search_id") REFERENCES "search"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand from here on: what the schema language cannot say.

ALTER TABLE "candidate" ADD CONSTRAINT "candidate_measures_finite"
  CHECK (
    "error" >= 0 AND "error" < 'Infinity'
    AND "kl" > '-Infinity' AND "kl" < 'Infinity'
    AND "top1" BETWEEN 0 AND 1
  );
ALTER TABLE "network" ADD CONSTRAINT "network_measures_finite"
  CHECK (
    "latency_ms" >= 0 AND "latency_ms" < 'Infinity'
    AND "top1_deviation" BETWEEN 0 AND 1
    AND "cut_top1" BETWEEN 0 AND 1
  );
ALTER TABLE "network" ADD CONSTRAINT "network_origin_columns"
  CHECK (
    ("rank" IS NOT NULL) = ("origin" = 'SOLVED')
    AND ("audit_id" IS NOT NULL) = ("origin" = 'AUDIT')
    AND ("request_key" IS NULL OR "origin" = 'REQUESTED')
  );
ALTER TABLE "retraining" ADD CONSTRAINT "retraining_top1_share" CHECK ("top1" BETWEEN 0 AND 1);
ALTER TABLE "entry" ADD CONSTRAINT "entry_top1_deviation_share" CHECK ("top1_deviation" BETWEEN 0 AND 1);

-- Stored rows take on the new form. The triggers that freeze finished rows step aside for it.
ALTER TABLE "search" DISABLE TRIGGER "search_final";
ALTER TABLE "job" DISABLE TRIGGER "job_final";
ALTER TABLE "event" DISABLE TRIGGER "event_final";

-- Until now every teacher was trained by the platform, on the data that it was then tested on.
UPDATE "teacher" SET "kind" = 'train', "test_count" = "dataset"."test_count"
  FROM "dataset" WHERE "dataset"."search_id" = "teacher"."search_id";
ALTER TABLE "teacher" ALTER COLUMN "kind" SET NOT NULL, ALTER COLUMN "test_count" SET NOT NULL;

-- A specification keeps its meaning: what it could not say before is what was done then.
CREATE FUNCTION pg_temp."whole_training"(training jsonb) RETURNS jsonb LANGUAGE sql AS $$
  SELECT '{
    "recipe": "small@1", "optimizer": "adamw", "momentum": 0.9, "optimizerEpsilon": 1e-8,
    "schedule": "cosine", "decay": 1, "decayEpochs": 1, "warmupEpochs": 1, "warmupFrom": 0,
    "dropout": 0, "dropPath": 0, "mixup": 0, "cutmix": 0, "ema": 0, "microBatch": null
  }'::jsonb || training
$$;
UPDATE "search" SET "spec" = '{
    "normalisation": "data", "solve": {"lambdas": null, "minDistance": 0}, "latency": null
  }'::jsonb || "spec" || jsonb_build_object(
    'teacher', CASE WHEN "spec"->'teacher' ? 'training'
      THEN "spec"->'teacher' || jsonb_build_object(
        'training', pg_temp."whole_training"("spec"->'teacher'->'training'))
      ELSE "spec"->'teacher' END,
    -- Only a loss that was not finite counted as diverged; no float32 loss is that many times another.
    'distil', '{
      "strategy": "dna", "poolSize": 3, "loss": "mse", "sampling": "uniform",
      "optimizer": "adam", "momentum": 0.9, "optimizerEpsilon": 1e-8, "weightDecay": 0,
      "schedule": "step", "warmupEpochs": 0, "earlyStop": null,
      "divergence": {"explodesAt": 1e50, "retryRate": null}
    }'::jsonb || ("spec"->'distil'),
    'rating', '{"measure": "relativeL1"}'::jsonb || ("spec"->'rating'),
    'retrain', '{"seeds": 1, "init": "scratch", "globalDistil": null}'::jsonb
      || pg_temp."whole_training"("spec"->'retrain')
  );
DROP FUNCTION pg_temp."whole_training"(jsonb);

-- Every network had one training, whose row takes the network's id.
UPDATE "network" SET "origin" = 'SOLVED', "created_at" = coalesce(
  (SELECT min("created_at") FROM "job" WHERE "job"."network_id" = "network"."id"),
  (SELECT "created_at" FROM "search" WHERE "search"."id" = "network"."search_id")
);
INSERT INTO "retraining" ("id", "network_id", "position", "seed", "training")
  SELECT "network"."id", "network"."id", 0, "network"."seed", ("spec"->'retrain') - 'networks'
  FROM "network" JOIN "search" ON "search"."id" = "network"."search_id";
UPDATE "retraining" SET
    "architecture" = "network"."architecture", "params" = "network"."params", "macs" = "network"."macs",
    "flops_tool" = "network"."flops_tool", "top1" = "network"."top1", "sha256" = "network"."sha256",
    "tested_at" = "network"."tested_at"
  FROM "network" WHERE "network"."id" = "network_id" AND "network"."top1" IS NOT NULL;
ALTER TABLE "network" ALTER COLUMN "origin" SET NOT NULL, DROP COLUMN "seed";
UPDATE "job" SET "retraining_id" = "network_id" WHERE "kind" = 'retrain';
UPDATE "event" SET "payload" = "payload" || jsonb_build_object('retrainingId', "payload"->'networkId')
  WHERE "kind" = 'NETWORK_TESTED';

ALTER TABLE "job" ENABLE TRIGGER "job_final";
ALTER TABLE "event" ENABLE TRIGGER "event_final";

-- What is done for a COMPLETE search afterwards adds events to it, and changes nothing else.
CREATE FUNCTION "refuse_all_but_events"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(OLD) - 'event_cursor' <> to_jsonb(NEW) - 'event_cursor' THEN
    RAISE EXCEPTION 'a finished row of % does not change', TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER "search_final" ON "search";
CREATE TRIGGER "search_final" BEFORE UPDATE ON "search" FOR EACH ROW
  WHEN (OLD."state" IN ('FAILED', 'CANCELLED')) EXECUTE FUNCTION "refuse_update"();
CREATE TRIGGER "search_complete" BEFORE UPDATE ON "search" FOR EACH ROW
  WHEN (OLD."state" = 'COMPLETE') EXECUTE FUNCTION "refuse_all_but_events"();
CREATE TRIGGER "audit_final" BEFORE UPDATE ON "audit" FOR EACH ROW
  WHEN (OLD."state" IN ('COMPLETE', 'FAILED', 'CANCELLED')) EXECUTE FUNCTION "refuse_update"();
CREATE TRIGGER "retraining_final" BEFORE UPDATE ON "retraining" FOR EACH ROW
  WHEN (OLD."tested_at" IS NOT NULL) EXECUTE FUNCTION "refuse_update"();
CREATE TRIGGER "latency_table_final" BEFORE UPDATE ON "latency_table" FOR EACH ROW
  WHEN (OLD."measured_at" IS NOT NULL) EXECUTE FUNCTION "refuse_update"();
