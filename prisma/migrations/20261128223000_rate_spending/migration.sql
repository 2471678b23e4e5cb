-- What was spent of the limits of a minute, told by all API processes. Unlogged: a crash forgets it.
CREATE UNLOGGED TABLE "rate_spending" (
    "key" TEXT NOT NULL,
    "minute" TIMESTAMPTZ(3) NOT NULL,
    "points" BIGINT NOT NULL,

    CONSTRAINT "rate_spending_pkey" PRIMARY KEY ("key","minute")
);
