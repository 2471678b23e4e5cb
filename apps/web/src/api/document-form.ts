/** Built pages ask for nothing but the documents that the server was started with. */
export const documentForm = process.env.NODE_ENV === 'production' ? 'ids' : 'texts';
