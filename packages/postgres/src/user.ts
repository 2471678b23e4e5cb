/** Superuser of the embedded server, and owner of its database. */
export const user = 'blockwise';
