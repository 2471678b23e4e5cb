-- Feature maps of a path beside the teacher's, and the jobs that make them.

-- AlterEnum
ALTER TYPE "phase" ADD VALUE 'maps';

-- AlterTable
ALTER TABLE "job" ADD COLUMN     "feature_maps_id" UUID;

-- CreateTable
CREATE TABLE "feature_maps" (
    "id" UUID NOT NULL,
    "search_id" UUID NOT NULL,
    "cell_id" UUID NOT NULL,
    "candidate_index" INTEGER NOT NULL,
    "path" TEXT NOT NULL,
    "samples" INTEGER[],
    "sha256" TEXT,
    "loss" DOUBLE PRECISION,
    "mse" DOUBLE PRECISION,
    "made_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "feature_maps_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "feature_maps_search_id_idx" ON "feature_maps"("search_id");

-- CreateIndex
CREATE UNIQUE INDEX "feature_maps_cell_id_candidate_index_samples_key" ON "feature_maps"("cell_id", "candidate_index", "samples");

-- CreateIndex
CREATE INDEX "job_feature_maps_id_idx" ON "job"("feature_maps_id");

-- AddForeignKey
ALTER TABLE "job" ADD CONSTRAINT "job_feature_maps_id_fkey" FOREIGN KEY ("feature_maps_id") REFERENCES "feature_maps"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "feature_maps" ADD CONSTRAINT "feature_maps_search_id_fkey" FOREIGN KEY ("search_id") REFERENCES "search"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "feature_maps" ADD CONSTRAINT "feature_maps_cell_id_fkey" FOREIGN KEY ("cell_id") REFERENCES "cell"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "feature_maps" ADD CONSTRAINT "feature_maps_sha256_fkey" FOREIGN KEY ("sha256") REFERENCES "artifact"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

