/** What several parts of the configuration are made of. */
import * as v from 'valibot';

export const AbsolutePath = v.pipe(
  v.string(),
  v.regex(/^(?:\/[A-Za-z0-9._@+-]+)+$/, 'must be an absolute path of plain characters'),
  v.check((path) => !path.split('/').includes('..'), 'must not hold ..'),
);

export const oneLine = v.regex(/^[^\r\n\0]{1,500}$/, 'must be one line of at most 500 characters');
