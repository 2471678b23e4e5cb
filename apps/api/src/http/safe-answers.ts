import type { RequestHandler } from 'express';

/**
 * Headers of every answer: browsers guess no types, show nothing of it inside other pages, run nothing
 * in it and keep no copy. Routes that serve files or pages say otherwise themselves.
 */
export const safeAnswers: RequestHandler = (_request, response, next) => {
  response.set({
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
  });
  next();
};
