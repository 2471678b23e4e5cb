declare module '@20minutes/s3rver' {
  interface Asked {
    readonly path: string;
  }

  /** A server of S3's protocol that keeps objects in a folder; an application of Koa. */
  class S3rver {
    constructor(options: {
      readonly address: string;
      readonly port: number;
      readonly directory: string;
      readonly silent: boolean;
      readonly configureBuckets: readonly { readonly name: string }[];
    });
    readonly middleware: ((asked: Asked, next: () => Promise<void>) => Promise<void>)[];
    run(): Promise<{ readonly port: number }>;
    close(): Promise<void>;
  }

  // A CommonJS module.
  export = S3rver;
}
