-- Which trainer's token took a job, and what it has stored.

-- AlterTable
ALTER TABLE "run" ADD COLUMN     "queue_retry_count" INTEGER,
ADD COLUMN     "token_id" UUID;

-- CreateTable
CREATE TABLE "upload" (
    "token_id" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "upload_pkey" PRIMARY KEY ("token_id","sha256")
);

-- CreateIndex
CREATE INDEX "run_token_id_idx" ON "run"("token_id");

-- AddForeignKey
ALTER TABLE "upload" ADD CONSTRAINT "upload_token_id_fkey" FOREIGN KEY ("token_id") REFERENCES "token"("id") ON DELETE CASCADE ON UPDATE CASCADE;

