import { ErrorCodeEnum } from './enums.ts';
import { FailureObject } from './refs.ts';

FailureObject.implement({
  description: 'Why a search, a job or an attempt ended badly.',
  fields: (t) => ({
    code: t.expose('code', { type: ErrorCodeEnum, description: 'One of the closed list.' }),
    message: t.exposeString('message', { description: 'What happened, for people.' }),
  }),
});
