-- Ids of verifications as text: the sign-in library gives some rows ids that are no UUIDs, so that a
-- sign-in link for an account with a password failed.
-- AlterTable
ALTER TABLE "verification" DROP CONSTRAINT "verification_pkey",
ALTER COLUMN "id" SET DATA TYPE TEXT,
ADD CONSTRAINT "verification_pkey" PRIMARY KEY ("id");

