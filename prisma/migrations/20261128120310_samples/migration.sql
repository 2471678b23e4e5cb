-- Images of the test part to look at, beside every data set.

-- AlterTable
ALTER TABLE "dataset" ADD COLUMN     "sample_columns" INTEGER,
ADD COLUMN     "sample_labels" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
ADD COLUMN     "samples_sha256" TEXT;

-- CreateIndex
CREATE INDEX "dataset_samples_sha256_idx" ON "dataset"("samples_sha256");

-- AddForeignKey
ALTER TABLE "dataset" ADD CONSTRAINT "dataset_samples_sha256_fkey" FOREIGN KEY ("samples_sha256") REFERENCES "artifact"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

