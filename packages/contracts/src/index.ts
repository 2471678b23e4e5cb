export { DomainError, type ErrorCode, type ErrorPath, errorCodes } from './errors.ts';
