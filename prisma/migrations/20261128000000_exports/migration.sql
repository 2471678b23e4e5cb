-- CreateEnum
CREATE TYPE "export_source" AS ENUM ('TRAINED', 'CUT', 'TEACHER');

-- AlterEnum
ALTER TYPE "phase" ADD VALUE 'export';

-- AlterTable
ALTER TABLE "job" ADD COLUMN     "export_id" UUID;

-- CreateTable
CREATE TABLE "export" (
    "id" UUID NOT NULL,
    "search_id" UUID NOT NULL,
    "source" "export_source" NOT NULL,
    "network_id" UUID,
    "retraining_id" UUID,
    "weights_sha256" TEXT NOT NULL,
    "architecture" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "export_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "export_file" (
    "export_id" UUID NOT NULL,
    "format" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,

    CONSTRAINT "export_file_pkey" PRIMARY KEY ("export_id","format")
);

-- CreateIndex
CREATE INDEX "export_search_id_idx" ON "export"("search_id");

-- CreateIndex
CREATE INDEX "export_network_id_idx" ON "export"("network_id");

-- CreateIndex
CREATE INDEX "export_file_sha256_idx" ON "export_file"("sha256");

-- CreateIndex
CREATE INDEX "job_export_id_idx" ON "job"("export_id");

-- AddForeignKey
ALTER TABLE "job" ADD CONSTRAINT "job_export_id_fkey" FOREIGN KEY ("export_id") REFERENCES "export"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "export" ADD CONSTRAINT "export_search_id_fkey" FOREIGN KEY ("search_id") REFERENCES "search"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "export" ADD CONSTRAINT "export_network_id_fkey" FOREIGN KEY ("network_id") REFERENCES "network"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "export" ADD CONSTRAINT "export_retraining_id_fkey" FOREIGN KEY ("retraining_id") REFERENCES "retraining"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "export" ADD CONSTRAINT "export_weights_sha256_fkey" FOREIGN KEY ("weights_sha256") REFERENCES "artifact"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "export_file" ADD CONSTRAINT "export_file_export_id_fkey" FOREIGN KEY ("export_id") REFERENCES "export"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "export_file" ADD CONSTRAINT "export_file_sha256_fkey" FOREIGN KEY ("sha256") REFERENCES "artifact"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- By hand from here on: what the schema language cannot say.

ALTER TABLE "export" ADD CONSTRAINT "export_source_columns"
  CHECK (
    ("network_id" IS NULL) = ("source" = 'TEACHER')
    AND ("retraining_id" IS NOT NULL) = ("source" = 'TRAINED')
  );
